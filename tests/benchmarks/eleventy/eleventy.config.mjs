// What Hugo brings along and Eleventy leaves to its sites: ids of headings, a table of contents, related pages.

const NEWEST = 20; // items of the feed
const RELATED = 4;
const WEIGHTS = { facts: 30, entities: 10, topics: 10 }; // as in hugo.toml
const LINK = /\(\/articles\/([a-z0-9-]+)\/\)/g;

const day = (date) => date.toISOString().slice(0, 10);

function headingIds(markdown) {
  markdown.core.ruler.push("heading_ids", ({ tokens }) => {
    const seen = new Map();
    tokens.forEach((token, at) => {
      if (token.type !== "heading_open") return;
      const words = tokens[at + 1].content.toLowerCase();
      const id = words.replace(/[^\p{L}\p{N}\s_-]/gu, "").trim().replace(/\s+/g, "-");
      const before = seen.get(id) ?? 0;
      seen.set(id, before + 1);
      token.attrSet("id", before ? `${id}-${before}` : id);
    });
  });
}

function contents(html) {
  let list = "";
  let depth = 1;
  for (const [, level, id, words] of html.matchAll(/<h([23]) id="([^"]*)">(.*?)<\/h\1>/g)) {
    if (+level > depth) list += "<ul>".repeat(level - depth);
    else list += "</li>" + "</ul></li>".repeat(depth - level);
    list += `<li><a href="#${id}">${words}</a>`;
    depth = +level;
  }
  return list && `<nav id="TableOfContents">${list}${"</li></ul>".repeat(depth - 1)}</nav>`;
}

function structured(names, page, title, summary, entities) {
  const about = names.map((id) => ({
    "@type": "Organization",
    "@id": `https://example.org/entities/${id}/`,
    name: entities[id].name,
  }));
  const said = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    url: `https://example.org${page.url}`,
    headline: title,
    description: summary,
    datePublished: day(page.date),
    about,
  };
  return JSON.stringify(said).replaceAll("<", "\\u003c");
}

const add = (map, key, value) => (map[key] ??= []).push(value);

// For each article those before it in time that share most with it.
function related(newest, about) {
  const found = {};
  for (const article of newest) {
    const scores = new Map();
    for (const [key, weight] of Object.entries(WEIGHTS)) {
      for (const id of article.data[key]) {
        for (const other of about[id]) {
          if (other !== article && other.date <= article.date) scores.set(other, (scores.get(other) ?? 0) + weight);
        }
      }
    }
    const ranked = [...scores].sort(([one, a], [two, b]) => b - a || two.date - one.date);
    found[article.url] = ranked.slice(0, RELATED).map(([other]) => other);
  }
  return found;
}

function graph(collections) {
  const newest = collections.getFilteredByGlob("src/articles/*.md").sort((one, two) => two.date - one.date);
  const about = {};
  const linkers = {};
  for (const article of newest) {
    for (const key of Object.keys(WEIGHTS)) for (const id of article.data[key]) add(about, id, article);
    for (const [, id] of article.rawInput.matchAll(LINK)) add(linkers, id, article);
  }
  return { newest, recent: newest.slice(0, NEWEST), about, linkers, related: related(newest, about) };
}

export default function (config) {
  config.amendLibrary("md", headingIds);
  config.addPassthroughCopy({ "src/site.css": "site.css" });
  config.addFilter("day", day);
  config.addFilter("slashed", (text) => text.replaceAll("-", "/"));
  config.addFilter("stamp", (date) => date.toUTCString());
  config.addFilter("contents", contents);
  config.addFilter("structured", structured);
  config.addCollection("graph", graph);
  return { dir: { input: "src", output: "public" }, markdownTemplateEngine: false };
}
