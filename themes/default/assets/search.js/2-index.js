// The browser's index, as package shards writes it: script files that call
// hg(name, data), so that it works from disk, where nothing else may be read.

// The portal's folder, from this script's own address.
const root = document.currentScript.src.replace(/assets\/[^/]*$/, '');

// file loads one script of the index, once; data is what it hands over.
const files = new Map();
const waiting = {};
window.hg = (name, data) => waiting[name] && waiting[name](data);
const file = (name, version = '') => {
  if (!files.has(name)) {
    files.set(name, new Promise((resolve, reject) => {
      waiting[name] = resolve;
      const script = document.createElement('script');
      script.src = root + 'search/' + name + '.js' + version;
      script.onload = () => script.remove();
      script.onerror = () => {
        files.delete(name); // a later search tries again
        script.remove();
        reject(new Error(name));
      };
      document.head.append(script);
    }));
  }
  return files.get(name);
};

// A number is one to six of the 92 characters that JSON and HTML need not
// escape; see package charint.
const value = (c) => c - 32 - (c > 34) - (c > 60) - (c > 92);
const numbers = (text) => {
  let at = 0;
  const next = () => value(text.charCodeAt(at++));
  return {
    more: () => at < text.length,
    next: () => {
      let n = next();
      if (n < 76) return n;
      if (n < 88) return 76 + (n - 76) * 92 + next();
      if (n < 91) return 1180 + ((n - 88) * 92 + next()) * 92 + next();
      for (let i = n = 0; i < 5; i++) n = n * 92 + next();
      return n;
    },
  };
};
const steps = (text) => {
  const list = [];
  for (const s = numbers(text); s.more();) list.push(s.next());
  return list;
};

// terms reads a front-coded list: a capital says how many characters a term
// shares with the one before.
const terms = (text) => {
  let last = '';
  return (text.match(/[A-Z][^A-Z]*/g) || []).map((item) => {
    const [tail, ...spellings] = item.slice(1).split('=');
    last = last.slice(0, item.charCodeAt(0) - 65) + tail;
    return [last, spellings];
  });
};

// ready is the core of the index, read once.
let core;
const ready = async () => {
  if (core) return core;
  const [data, dir] = await file('core');
  if (core) return core; // read meanwhile
  data.sizes = data.sizes.map(steps);
  for (const f of data.facets) f.of = steps(f.of);
  const wordSteps = steps(data.words[1]);
  data.words = new Map(terms(data.words[0]).map(([word], i) => [word, wordSteps[i]]));
  data.version = '?' + dir.v;
  data.first = [dir.s, dir.p].map((list) => terms(list).map(([key]) => key)); // of each file of terms
  data.texts = []; // file and place of each page
  for (const n of steps(dir.t)) {
    const name = 't-' + data.texts.length;
    for (let i = 0; i < n; i++) data.texts.push([name, i]);
  }
  data.groups = newGroups(data.groups);
  data.asking = newPhrases(data.asking);
  data.types = newPhrases(data.types);
  return core = data;
};

// keyOf spells a folded term as file names do.
const keyOf = (folded) => folded.replace(/[^a-z0-9 /]/gu, (c) => '_' + c.codePointAt(0).toString(16) + '_');

// shardOf is the file that has a key: the last that begins at or before it.
const shardOf = (key, pair) => {
  const list = core.first[+pair];
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= key) low = middle + 1;
    else high = middle;
  }
  return low && (pair ? 'p-' : 's-') + list[low - 1].replaceAll(' ', '-').replaceAll('/', '.');
};

// shard decodes a file of terms: key → spellings, each with its pages in
// titles and in texts: four times the page, and 0, 1 or 2 for how often (once,
// twice, four times and more).
const decoded = new Map();
const shard = async (name) => {
  if (!name) return new Map();
  const [names, counts, gaps, times] = await file(name, core.version);
  if (!decoded.has(name)) {
    const count = numbers(counts);
    const gap = numbers(gaps);
    let seen = 0;
    const postings = () => {
      const list = [];
      for (let n = count.next(), page = -1; n > 0; n--, seen++) {
        page += gap.next() + 1;
        const four = value(times.charCodeAt(seen >> 2));
        list.push(page * 4 + Math.floor(four / [27, 9, 3, 1][seen & 3]) % 3);
      }
      return list;
    };
    decoded.set(name, new Map(terms(names).map(([key, spellings]) => {
      const folded = key.replace(/_([0-9a-f]+)_/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));
      return [key, spellings.map((exact) => ({exact: exact || folded, fields: [postings(), postings()]}))];
    })));
  }
  return decoded.get(name);
};

const spellingsOf = async (folded, pair) => {
  const key = keyOf(folded);
  return (await shard(shardOf(key, pair))).get(key) || [];
};

// entryOf is a page with its texts.
const entryOf = async (page) => {
  const [name, i] = core.texts[page];
  const [url, title, date, number, names, headings, blocks] = (await file(name, core.version))[i];
  const facet = (f) => core.facets[f].names[core.facets[f].of[page]];
  const entry = {url, title, date, number, names, headings, blocks: [], kind: facet(0), field: facet(1)};
  let under = -1;
  for (const b of blocks) {
    if (typeof b == 'number') under = b - 1;
    else entry.blocks.push([under, b == null ? headings[under][1] : b]);
  }
  return entry;
};
