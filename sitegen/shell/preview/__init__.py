"""The live preview: pages made when they are asked for, and tabs that follow every save.

`server` ties the parts together. `watching` rings when files change; `maker` owns the site's db, in a thread of its own
(`jobs`), makes pages and keeps what was `good`; `snapshot` says what may be asked for; `gate` says who may ask; `ports`,
`http` and `answers` speak the protocol; `tabs` tells the tabs; `overlay` words what is wrong; `editor` opens the
source; `client/` is what runs in the page.
"""
