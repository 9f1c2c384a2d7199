// How pages are ordered; the twin of package rank's accents.go, board.go,
// second.go and excerpt.go, where the reasons are written. Every sum is made
// in the same order as there, so that scores agree to the last bits.

// spell sets the spelling of every syllable and, from them, what clauses want.
const spell = (q, asIs) => {
  const accented = q.syllables.some((s) => s.typed != s.folded);
  for (const s of q.syllables) s.exact = s.typed;
  for (const c of q.clauses) {
    c.exact = '';
    c.share = 0;
  }
  if (!asIs) {
    let run = [];
    for (const s of q.syllables) {
      if (s.whole) continue;
      if (!s.pair) {
        restore(q, run, accented);
        run = [];
      }
      run.push(s);
    }
    restore(q, run, accented);
  }
  for (const s of q.syllables) {
    if (s.whole || s.part || asIs && !accented) s.exact = '';
    settle(s.single, s.exact);
    if (s.pair) settle(s.pair, s.before.exact && s.exact && s.before.exact + ' ' + s.exact);
  }
};

const settle = (c, exact) => {
  const w = core.weights;
  if (!exact || c.exact || c.weight <= w.asking) return;
  if (c.loaded && !c.spellings.some((s) => s.exact == exact)) return;
  c.exact = exact;
  c.share = w.exact[+c.pair];
};

// restore reads a run of joined syllables by the forward-backward algorithm.
const restore = (q, run, accented) => {
  const sum = (list, f) => list.reduce((total, st) => total + f(st), 0);
  const normalise = (list, name) => {
    const total = sum(list, (st) => st[name]);
    for (const st of list) st[name] /= total;
  };
  const chain = run.map((s, i) => states(s, i > 0, run[i + 1] && run[i + 1].pair, accented));
  chain.forEach((list, i) => {
    for (const st of list) {
      st.forward = st.weight;
      if (i) st.forward *= sum(chain[i - 1], (u) => u.forward * link(run[i].pair, u.exact, st.exact));
    }
    normalise(list, 'forward');
  });
  for (let i = chain.length - 1; i >= 0; i--) {
    for (const st of chain[i]) {
      st.backward = 1;
      if (chain[i + 1]) st.backward = sum(chain[i + 1], (u) => u.backward * u.weight * link(run[i + 1].pair, st.exact, u.exact));
    }
    normalise(chain[i], 'backward');
  }
  run.forEach((s, i) => {
    const share = (st) => st.forward * st.backward;
    const likeliest = chain[i].reduce((a, b) => share(b) > share(a) ? b : a);
    s.exact = '';
    if (share(likeliest) >= 0.6 * sum(chain[i], share)) {
      s.exact = likeliest.exact;
      q.read = q.read || s.exact != s.typed;
    }
  });
};

const states = (s, joined, next, accented) => {
  const list = [];
  const add = (exact, weight) => {
    const st = list.find((st) => st.exact == exact);
    if (st) st.weight += weight;
    else list.push({exact, weight});
  };
  const pairs = [];
  if (joined) for (const p of s.pair.spellings) pairs.push(p.exact.split(' ')[1]);
  if (next) for (const p of next.spellings) pairs.push(p.exact.split(' ')[0]);
  for (const exact of pairs) add(exact, 0);
  for (const p of s.single.spellings) add(p.exact, listed([p]));
  if (pairs.length) for (const st of list) st.weight = 1; // their links weigh the states
  const bare = s.typed == s.folded;
  if (!bare && list.some((st) => st.exact == s.typed)) return [{exact: s.typed, weight: 1}];
  const kept = list.filter((st) => keeps(s.typed, st.exact));
  if (!kept.length) return [{exact: s.typed, weight: 1}];
  if (accented && bare) for (const st of kept) if (st.exact == s.typed) st.weight *= 20;
  return kept;
};

const link = (pair, first, second) => {
  if (!pair.spellings.length) return 1;
  const found = pair.spellings.find((s) => s.exact == first + ' ' + second);
  return found ? listed([found]) : 0.05;
};

const keeps = (typedForm, spelling) => {
  const marks = (text) => lower(text).match(/[đ\p{Mn}](?=)/gu) || [];
  const have = marks(spelling);
  return marks(typedForm).every((m) => {
    const i = have.indexOf(m);
    return i >= 0 && have.splice(i, 1);
  });
};

// firstStage adds up the clauses' parts: page → {page, score, titles}.
const firstStage = (q) => {
  const w = core.weights;
  const pages = new Map();
  let clauses = 0;
  for (const c of q.clauses) {
    if (!c.spellings.length) continue;
    if (c.folded[0] != '#') clauses++;
    for (const field of [0, 1]) {
      const all = new Map();
      const exact = new Map();
      for (const s of c.spellings) {
        for (const [page, times] of s.fields[field]) {
          all.set(page, (all.get(page) || 0) + times);
          if (s.exact == c.exact) exact.set(page, times);
        }
      }
      const weight = c.weight * (c.pair ? w.pair : w.single)[field] * ((w.k1 + 1) * inverse(core.pages, all.size));
      const flat = w.k1 * (1 - w.b[field]);
      const slope = w.k1 * w.b[field] / core.mean[field];
      for (const [page, tf] of all) {
        const norm = flat + slope * 2 ** (core.sizes[field][page] / 2);
        let part = (1 - c.share) * (tf / (tf + norm));
        const x = exact.get(page);
        if (x) part += c.share * (x / (x + norm));
        let p = pages.get(page);
        if (!p) pages.set(page, p = {page, score: 0, titles: 0});
        p.score += weight * part;
        if (!field) p.titles++;
      }
    }
  }
  const step = q.size < 1 ? 0 : Math.round(2 * Math.log2(q.size));
  for (const p of pages.values()) {
    p.exact = p.titles == clauses && core.sizes[0][p.page] == step;
    p.score = Math.round(p.score * 1e9) / 1e9;
  }
  return [...pages.values()];
};

// best filters pages and counts them by kind, field and year.
const best = (pages, filter) => {
  const want = filter.map((name, i) => {
    if (!name) return -1;
    const n = core.facets[i].names.indexOf(name);
    return n < 0 ? Infinity : n;
  });
  const counts = want.map(() => ({}));
  const kept = pages.filter(({page}) => {
    const missed = want.map((n, i) => i).filter((i) => want[i] >= 0 && core.facets[i].of[page] != want[i]);
    counts.forEach((count, i) => {
      const name = core.facets[i].names[core.facets[i].of[page]];
      if (name && (!missed.length || missed.length == 1 && missed[0] == i)) count[name] = (count[name] || 0) + 1;
    });
    return !missed.length;
  });
  kept.sort((a, b) => b.exact - a.exact || b.score - a.score || a.page - b.page);
  return [kept, counts];
};
