"""The live preview: pages made when they are asked for, and tabs that follow every save.

`server` ties the parts together, on one of the free `ports`. `watching` rings when files change; `maker` owns the
site's db, in a thread of its own, takes `jobs` and makes pages; `snapshot` says what may be asked for; `gate` says who
may ask; `http` and `answers` speak the protocol; `tabs` tells the browser; `overlay` words what is wrong; `editor`
opens the source. `client/` is what runs in the page.
"""
