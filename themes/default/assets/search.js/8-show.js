// Pieces of the page that the box and the page of results share.

// element makes one; children are nodes or texts.
const element = (name, attributes, ...children) => {
  const node = document.createElement(name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.append(...children);
  return node;
};

// withMarks is a text with the given ranges in <mark>.
const withMarks = (text, marks) => {
  const nodes = [];
  let at = 0;
  for (const [start, end] of marks) {
    nodes.push(text.slice(at, start), element('mark', {}, text.slice(start, end)));
    at = end;
  }
  return [...nodes, text.slice(at)];
};

// marked is a text with what the query asks for marked in it.
const marked = (reader, text) => withMarks(...wholeMarks(text, worthMarking(reader.q, reader.scan(text)[0])));
const wholeMarks = (text, hits) => [text, marksOf(text, hits, 0, text.length, 0)];

// readerFor reads texts for a query that is not looked up.
const readerFor = async (query) => {
  await ready();
  const q = readQuery(query, true);
  for (const c of q.clauses) c.exact = '';
  return newReader(q);
};

// address of a page found; ?tim= has the page mark the words when it opens.
const addressOf = (hit, query) => root + hit.url + '?tim=' + encodeURIComponent(query) + (hit.anchor && '#' + hit.anchor);

// readdress changes the page's address, not the page.
const readdress = (address) => {
  try {
    history.replaceState(null, '', address);
  } catch {
    // a page on disk may keep its address
  }
};

const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, '.');

// A page reached from the results marks the words of the query, until its
// reader has seen enough of that.
const markPage = async (query) => {
  const reader = await readerFor(query);
  const main = document.querySelector('main');
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const node of texts) {
    const pieces = marked(reader, node.data);
    if (pieces.length > 1) node.replaceWith(...pieces);
  }
  const marks = main.querySelectorAll('mark');
  if (!marks.length) return;
  const button = element('button', {class: 'unmark'}, 'Bỏ tô sáng từ khóa');
  button.onclick = () => {
    for (const m of marks) m.replaceWith(m.textContent);
    button.remove();
    main.normalize();
    readdress(location.pathname + location.hash);
  };
  main.prepend(button);
};
