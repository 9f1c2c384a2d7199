// The page of results, and the marks on a page reached from one.
(() => {
  const parameters = new URLSearchParams(location.search);
  const list = document.querySelector('[data-search-results]');
  if (!list) {
    if (parameters.get('tim')) markPage(parameters.get('tim')).catch(() => {}); // a page without its index goes unmarked
    return;
  }
  const query = (parameters.get('q') || '').trim();
  if (!query) return;
  const byId = (id) => document.getElementById(id);
  const status = byId('_status');
  const more = byId('_more');
  const filters = {kind: byId('_kind'), field: byId('_field'), year: byId('_year')};
  const kinds = JSON.parse(list.dataset.kinds);
  const kindOf = (kind) => (kinds[kind] || kind).replace(/^./, (first) => first.toUpperCase());
  const asIs = parameters.get('asis');
  const page = location.href.replace(/[?#].*/, '');
  const link = (text, options) => element('a', {href: page + '?' + new URLSearchParams({q: text, ...options})}, '“' + text + '”');
  byId('_q').value = query;
  document.title = query + ' – ' + document.title;

  const chosen = () => Object.fromEntries(Object.entries(filters).map(([name, select]) => [name, select.value]));
  const filtered = () => Object.values(chosen()).some((v) => v);

  const item = (hit, reader) => {
    const meta = [kindOf(hit.kind), hit.field, hit.date.split('-').reverse().join('/')].filter((text) => text).join(' · ');
    const li = element('li', {'data-url': hit.url}, element('a', {class: 'title', href: addressOf({url: hit.url, anchor: ''}, reader.text)}, ...marked(reader, hit.title)));
    if (hit.heading) li.append(element('a', {class: 'heading', href: addressOf(hit, reader.text)}, ...marked(reader, hit.heading)));
    if (hit.excerpt) li.append(element('p', {}, ...withMarks(hit.excerpt, hit.marks)));
    li.append(element('p', {class: 'meta'}, meta));
    return li;
  };

  // fill lists the values that the query finds, with their counts.
  const fill = (select, counts, name) => {
    const value = select.value || parameters.get(select.name) || '';
    const values = Object.keys(counts).sort(select == filters.year ? (a, b) => b - a : (a, b) => counts[b] - counts[a] || (a < b ? -1 : 1));
    if (value && !values.includes(value)) values.push(value);
    select.replaceChildren(select.options[0], ...values.map((v) => element('option', {value: v}, name(v) + ' (' + grouped(counts[v] || 0) + ')')));
    select.value = value;
    select.disabled = !values.length;
  };

  const nothing = (answer) => [
    element('p', {}, 'Không thấy trang nào cho “' + query + '”. Bạn có thể:'),
    element('ul', {},
      ...filtered() ? [element('li', {}, 'bỏ bớt điều kiện lọc;')] : [],
      ...answer.suggest.map((text) => element('li', {}, 'tìm ', link(text), ';')),
      element('li', {}, 'dùng ít từ hơn, hoặc từ khác cùng nghĩa;'),
      element('li', {}, element('a', {href: '#_browse'}, 'xem theo chuyên mục'), ' ở cuối trang.')),
  ];

  // Only the answer to the newest question is shown.
  let newest = 0;
  const show = async (offset) => {
    const mine = ++newest;
    list.setAttribute('aria-busy', 'true');
    const answer = await search(query, {...chosen(), offset, limit: 10, asIs});
    const read = answer.understood || query;
    const reader = Object.assign(await readerFor(read), {text: read});
    if (mine != newest) return;
    const items = answer.hits.map((hit) => item(hit, reader));
    if (!offset) list.replaceChildren();
    list.append(...items);
    list.removeAttribute('aria-busy');
    for (const name in filters) fill(filters[name], answer.facets[name], name == 'kind' ? kindOf : (v) => v);
    byId('_filters').hidden = !answer.total && !filtered();
    more.hidden = offset + answer.hits.length >= answer.total || offset >= 1000;
    if (offset && items[0]) items[0].querySelector('a').focus();
    if (offset) return;
    const line = [answer.total ? grouped(answer.total) + ' kết quả cho “' + read + '”. ' : ''];
    if (answer.understood) line.push('Tìm đúng như đã gõ: ', link(query, {asis: 1}), '. ');
    if (answer.total && answer.suggest.length) line.push('Có phải bạn muốn tìm ', ...answer.suggest.map((text) => link(text)), '?');
    status.replaceChildren(...answer.total ? line : nothing(answer));
  };

  const start = (offset) => show(offset).catch(() => {
    list.removeAttribute('aria-busy');
    status.scrollIntoView({block: 'nearest'}); // far above for who asks for more
    status.textContent = 'Không đọc được dữ liệu tìm kiếm. Hãy thử lại, hoặc xem theo chuyên mục ở cuối trang.';
  });
  for (const name in filters) {
    const value = parameters.get(name);
    if (value) filters[name].append(element('option', {value}, value));
    filters[name].value = value || '';
    filters[name].addEventListener('change', () => {
      for (const [key, v] of Object.entries(chosen())) v ? parameters.set(key, v) : parameters.delete(key);
      readdress('?' + parameters);
      start(0);
    });
  }
  more.addEventListener('click', () => start(list.children.length));
  status.textContent = 'Đang tìm…';
  start(0);
})();
