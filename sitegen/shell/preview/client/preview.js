// The preview's side in the page: hears of changes, takes them over in place, shows what is wrong, opens sources.
"use strict";
(() => {
  const me = document.currentScript;
  const base = me.getAttribute("src").replace("preview.js", "");
  const address = location.pathname;
  let version = me.dataset.version;

  // -- hearing of changes ----------------------------------------------------------------------------
  // One visible tab listens for all, since browsers allow few connections to a host; the lock says which.

  const others = new BroadcastChannel("sitegen");
  others.onmessage = () => look();
  let release = null;
  let waiting = null;

  function listen() {
    return new Promise((done) => {
      let source = null;
      let timer = 0;
      let delay = 250;
      const connect = () => {
        source = new EventSource(base + "events");
        source.onmessage = () => {
          delay = 250;
          lost(false);
          others.postMessage("changed");
          look();
        };
        source.onerror = () => {
          source.close();
          lost(true);
          timer = setTimeout(connect, delay * (0.5 + Math.random() / 2));
          delay = Math.min(delay * 2, 5000);
        };
      };
      release = () => {
        clearTimeout(timer);
        if (source) source.close();
        release = null;
        done();
      };
      connect();
    });
  }

  function attend() {
    if (document.hidden) {
      if (waiting) waiting.abort();
      waiting = null;
      if (release) release();
      return;
    }
    look();
    if (waiting) return;
    waiting = new AbortController();
    navigator.locks.request("sitegen-preview", { signal: waiting.signal }, listen).catch(() => {});
  }
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", () => release && release());
  addEventListener("pageshow", (event) => event.persisted && attend());

  // -- looking ---------------------------------------------------------------------------------------

  let looking = false;
  let again = false;
  async function look() {
    if (document.hidden) return;
    again = true;
    if (looking) return;
    looking = true;
    try {
      while (again) {
        again = false;
        const answer = await fetch(`${base}state?at=${encodeURIComponent(address)}`);
        if (!answer.ok) break;
        const state = await answer.json();
        if (state.version !== version) await take();
        overlay(state);
      }
    } catch {
      // the stream's own error says that the server is gone, and its return brings us here again
    } finally {
      looking = false;
    }
  }

  async function take() {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const theirs = page.querySelector(`script[src="${base}preview.js"]`);
    if (!theirs || scripts(page) !== scripts(document)) return location.reload();
    version = theirs.dataset.version;
    await head(page);
    keepingPlace(() => {
      attributes(document.documentElement, page.documentElement);
      attributes(document.body, page.body);
      children(document.body, page.body);
    });
  }

  const scripts = (page) =>
    [...page.querySelectorAll("script[src]")].map((it) => it.getAttribute("src")).join(" ");

  // -- taking a page over in place -------------------------------------------------------------------

  const SHEETS = 'link[rel="stylesheet"]';

  // New style sheets are put beside the old ones, in the order they have on the page, since the last of two rules wins.
  // The old ones go once the new ones are there: nothing flickers.
  async function head(page) {
    const had = [...document.head.querySelectorAll(SHEETS)];
    const href = (it) => it.getAttribute("href");
    const wanted = [...page.head.querySelectorAll(SHEETS)].map(href);
    const gone = had.filter((it) => !wanted.includes(href(it)));
    const coming = [];
    let last = null;
    for (const name of wanted) {
      const kept = had.find((it) => href(it) === name);
      const sheet = kept || Object.assign(document.createElement("link"), { rel: "stylesheet" });
      if (!kept) {
        sheet.setAttribute("href", name);
        coming.push(new Promise((done) => (sheet.onload = sheet.onerror = done)));
        if (last) last.after(sheet);
        else document.head.insertBefore(sheet, had[0] || null);
      }
      last = sheet;
    }
    await Promise.all(coming);
    for (const it of gone) it.remove();
    const mine = (it) => it.matches(`${SHEETS}, script[src], link[rel="preload"]`);
    for (const it of [...document.head.children]) if (!mine(it)) it.remove();
    for (const it of [...page.head.children]) if (!mine(it)) document.head.append(document.importNode(it, true));
  }

  // The heading that the reader is at stays where it is on the screen.
  function keepingPlace(change) {
    const headings = [...document.querySelectorAll(":is(h1, h2, h3, h4)[id]")];
    const at = headings.filter((it) => it.getBoundingClientRect().top < innerHeight / 3).pop();
    const before = at && at.getBoundingClientRect().top;
    const y = scrollY;
    change();
    const now = at && (document.getElementById(at.id) || (at.isConnected ? at : null));
    if (now) scrollBy({ top: now.getBoundingClientRect().top - before, behavior: "instant" });
    else scrollTo({ top: y, behavior: "instant" });
  }

  function attributes(mine, theirs) {
    for (const { name } of [...mine.attributes])
      // what the reader has opened stays open
      if (!theirs.hasAttribute(name) && !(name === "open" || name.startsWith("data-dismissed"))) mine.removeAttribute(name);
    for (const { name, value } of theirs.attributes) if (mine.getAttribute(name) !== value) mine.setAttribute(name, value);
  }

  // What is equal at both ends of a list of children stays; between them, children are matched in order.
  function children(mine, theirs) {
    const old = [...mine.childNodes];
    const fresh = [...theirs.childNodes];
    while (old.length && fresh.length && old[0].isEqualNode(fresh[0])) old.shift(), fresh.shift();
    while (old.length && fresh.length && old.at(-1).isEqualNode(fresh.at(-1))) old.pop(), fresh.pop();
    const end = old.length ? old.at(-1).nextSibling : null;
    const after = end || (fresh.length ? nextOf(mine, theirs, fresh.at(-1)) : null);
    for (const it of fresh) {
      const place = old.findIndex((one) => alike(one, it));
      if (place < 0) {
        mine.insertBefore(document.importNode(it, true), old[0] || after);
        continue;
      }
      for (const one of old.splice(0, place)) one.remove();
      node(old.shift(), it);
    }
    for (const one of old) one.remove();
  }

  // Where in `mine` the equal end begins that follows `last` in `theirs`.
  function nextOf(mine, theirs, last) {
    let count = 0;
    for (let it = last.nextSibling; it; it = it.nextSibling) count += 1;
    return count ? mine.childNodes[mine.childNodes.length - count] : null;
  }

  const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");

  function node(mine, theirs) {
    if (mine.isEqualNode(theirs)) return;
    if (mine.nodeType !== Node.ELEMENT_NODE) {
      mine.nodeValue = theirs.nodeValue;
      return;
    }
    attributes(mine, theirs);
    children(mine, theirs);
  }

  // -- what is wrong ---------------------------------------------------------------------------------

  const host = document.createElement("sitegen-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: base + "preview.css" });
  const box = make("section", { role: "alertdialog", hidden: "" });
  const note = make("p", { role: "status", class: "note", hidden: "" });
  shadow.append(sheet, box, note);
  let labels = {};
  let hidden = ""; // what the reader has put away

  function make(name, attributes = {}, ...inside) {
    const it = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
    it.append(...inside);
    return it;
  }

  function overlay(state) {
    labels = state.labels;
    for (const it of [box, note]) attributesOf(it, { lang: state.lang, dir: state.dir });
    const now = JSON.stringify(state.errors);
    if (!state.errors.length) hidden = "";
    box.hidden = !state.errors.length || hidden === now;
    if (box.hidden) return;
    if (box.dataset.shown === now) return;
    box.dataset.shown = now;
    const close = make("button", { type: "button" }, labels.close);
    close.onclick = () => ((hidden = now), (box.hidden = true));
    box.setAttribute("aria-label", labels.title);
    box.replaceChildren(
      make("header", {}, make("h2", {}, `${labels.title} (${state.count})`), close),
      make("p", { class: "stale" }, labels.stale),
      make("ol", {}, ...state.errors.map(finding)),
      ...(state.more ? [make("p", {}, state.more)] : []),
    );
  }

  function finding(it) {
    const place = make("button", { type: "button", class: "place", dir: "ltr", title: labels.open });
    place.append(`${it.file}:${it.line}:${it.column}`);
    place.onclick = () => open({ file: it.file, line: it.line, column: it.column });
    const way = it.page ? [make("p", { class: "way" }, make("bdi", {}, `/${it.page}`), " → ", make("bdi", {}, it.file))] : [];
    const excerpt = it.before + it.marked + it.after;
    const line = make("pre", { dir: "auto" }, it.before, make("mark", {}, it.marked), it.after);
    return make(
      "li",
      {},
      ...way,
      place,
      make("p", { class: "message" }, it.message, " ", make("bdi", { class: "code" }, `[${it.code}]`)),
      ...(excerpt ? [line] : []),
      ...(it.hint ? [make("p", { class: "hint" }, `${labels.hint}: `, make("bdi", {}, it.hint))] : []),
    );
  }

  function attributesOf(it, wanted) {
    for (const [key, value] of Object.entries(wanted)) if (it.getAttribute(key) !== value) it.setAttribute(key, value);
  }

  let fading = 0;
  function say(text, seconds = 4) {
    clearTimeout(fading);
    note.textContent = text;
    note.hidden = !text;
    if (text && seconds) fading = setTimeout(() => (note.hidden = true), seconds * 1000);
  }

  let away = 0;
  function lost(now) {
    if (now && !away) away = setTimeout(() => say(labels.lost || "…", 0), 1500);
    if (now) return;
    clearTimeout(away);
    if (away && !note.hidden) say("");
    away = 0;
  }

  // -- opening sources -------------------------------------------------------------------------------

  async function open(what) {
    const answer = await fetch(base + "open", { method: "POST", body: JSON.stringify(what) });
    if (!answer.ok) return say(labels.refused);
    const { file, line, opened } = await answer.json();
    if (opened) return;
    const place = `${file}:${line}`;
    const copied = await navigator.clipboard.writeText(place).then(() => true, () => false);
    say(copied ? `${labels.copied}: \u2066${place}\u2069` : `\u2066${place}\u2069`);
  }

  // Alt and a click open the source of what was clicked: a fact where it is written, a block at its line.
  document.addEventListener(
    "click",
    (event) => {
      if (!event.altKey || !(event.target instanceof Element) || event.target === host) return;
      event.preventDefault();
      event.stopPropagation();
      const fact = event.target.closest('a[href*="/facts/"]');
      const id = fact && /\/facts\/([^/#]+)\/$/.exec(fact.getAttribute("href"));
      const block = event.target.closest("[data-line]");
      if (id) open({ fact: decodeURIComponent(id[1]) });
      else open(block ? { at: address, line: Number(block.dataset.line) } : { at: address });
    },
    true,
  );

  document.documentElement.append(host);
  attend();
})();
