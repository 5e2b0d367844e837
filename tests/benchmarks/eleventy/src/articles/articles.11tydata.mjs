export default { layout: "article.njk", permalink: (it) => `/articles/${it.page.fileSlug}/` };
