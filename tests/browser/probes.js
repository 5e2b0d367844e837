// What the tests ask of a page. Each is called by name, with one argument.
({
  // Addresses the page names, made absolute.
  links: () => [
    ...new Set([...document.querySelectorAll("[href], [src]")].map((it) => String(it.href?.baseVal ?? it.href ?? it.src))),
  ],

  ids: () => [...document.querySelectorAll("[id]")].map((it) => it.id),

  words: () => document.querySelector("main").innerText.replace(/\s+/g, " ").trim(),

  sideways: () => document.documentElement.scrollWidth - document.documentElement.clientWidth,

  // Texts of one drawing that lie over each other, or leave it.
  overlaps: () => {
    const found = [];
    for (const drawing of document.querySelectorAll("svg[role=img]")) {
      const frame = drawing.getBoundingClientRect();
      const texts = [];
      for (const it of drawing.querySelectorAll("text")) {
        const box = it.getBoundingClientRect();
        // The box of a line holds room for marks above and below its letters, which lines may share.
        const room = box.height * 0.2;
        if (box.width) texts.push({words: it.textContent, ...box.toJSON(), top: box.top + room, bottom: box.bottom - room});
      }
      texts.forEach((a, i) => {
        if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.bottom > frame.bottom + 1) found.push(`${a.words} | edge`);
        for (const b of texts.slice(i + 1)) {
          if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) found.push(`${a.words} | ${b.words}`);
        }
      });
    }
    return found;
  },

  // Numbers that the letters around them could reorder: they share a text with Arabic letters, or are in no isolate.
  bare: () => {
    const risky = /[-−]?\d[\d.,٫٬]*\s?[%٪]|[%٪]\s?\d|\d[.,٫]\d|\d\s?[–-]\s?\d|(?<![\p{L}\d])[-−]\d/u;
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const it = walk.currentNode;
      const holder = it.parentElement;
      if (holder.closest("code, pre, script, style")) continue;
      const text = it.data.replace(/[٠-٩۰-۹]/g, "7").replace(/[\u2066-\u2068][^\u2069]*\u2069/g, "");
      if (!risky.test(text)) continue;
      if (holder.closest("bdi, time, data") && !/\p{Script=Arabic}/u.test(text.replace(/[٪٫٬،]/g, ""))) continue;
      found.push(`${it.data.trim().slice(0, 80)} <${holder.localName} class="${holder.className}">`);
    }
    return found;
  },

  // Elements that begin or end inside an Arabic word and would part its letters.
  torn: () => {
    const letter = (one) => one !== undefined && /\p{Script=Arabic}/u.test(one) && /[\p{L}\u0640]/u.test(one);
    const above = (it) => {
      const found = [];
      for (let up = it.parentElement; up; up = up.parentElement) found.push(up);
      return found;
    };
    const parts = (it) => {
      const look = getComputedStyle(it);
      const room = ["paddingLeft", "paddingRight", "marginLeft", "marginRight", "borderLeftWidth", "borderRightWidth"];
      return look.display !== "inline" || look.unicodeBidi !== "normal" || room.some((name) => parseFloat(look[name]));
    };
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let before = null;
    while (walk.nextNode()) {
      const it = walk.currentNode;
      if (!it.data || it.parentElement.closest("script, style, svg")) continue;
      if (before && letter(before.data.at(-1)) && letter(it.data[0])) {
        const here = above(it);
        const there = above(before);
        const between = [...here.filter((up) => !there.includes(up)), ...there.filter((up) => !here.includes(up))];
        // What is no inline box stands on a line of its own, or apart on purpose.
        const inline = between.every((up) => /^inline/.test(getComputedStyle(up).display) && !up.matches(".badge"));
        const guilty = inline && between.find(parts);
        if (guilty) found.push(`${before.data.slice(-8)}|${it.data.slice(0, 8)} <${guilty.localName}>`);
      }
      before = it;
    }
    return found;
  },

  // The characters of an element, put on one line, in the order they stand from left to right; marks are left out.
  seen: (element) => {
    element.style.whiteSpace = "nowrap";
    const places = [];
    const range = document.createRange();
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const it = walk.currentNode;
      let at = 0;
      for (const one of it.data) {
        range.setStart(it, at);
        range.setEnd(it, (at += one.length));
        const box = [...range.getClientRects()].find((rect) => rect.width > 0);
        if (box && !/\p{M}/u.test(one)) places.push([box.left, one]);
      }
    }
    return places.sort((a, b) => a[0] - b[0]).map(([, one]) => one).join("").trim();
  },

  // The width of an element's text as it stands, its cards included, and as one plain text of the same look without them.
  widths: (element) => {
    const range = document.createRange();
    const width = () => {
      range.selectNodeContents(element);
      return range.getBoundingClientRect().width;
    };
    const asIs = width();
    element.querySelectorAll(".card").forEach((card) => card.remove());
    element.textContent = element.textContent;
    return [asIs, width()];
  },

  focus: () => {
    const it = document.activeElement;
    const look = getComputedStyle(it);
    const box = it.getBoundingClientRect();
    return {
      name: it.outerHTML.slice(0, 120),
      ring: look.outlineStyle !== "none" ? parseFloat(look.outlineWidth) : 0,
      inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      end: it === document.body,
    };
  },
});
