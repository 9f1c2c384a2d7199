// Fills tim-kiem.html with the answers of the server behind it. The page works
// where `hoagiai serve` runs; elsewhere it says so and shows the sections.
'use strict';
(() => {
  const list = document.querySelector('[data-search-results]');
  const status = document.getElementById('_status');
  const box = document.getElementById('_q');
  const query = (new URLSearchParams(location.search).get('q') || '').trim();
  if (!list || !query) return;
  box.value = query;
  document.title = query + ' – ' + document.title;

  // withMarks appends text to a node, with the given ranges in <mark>.
  const withMarks = (node, text, marks) => {
    let at = 0;
    for (const [start, end] of marks) {
      node.append(text.slice(at, start));
      const mark = document.createElement('mark');
      mark.textContent = text.slice(start, end);
      node.append(mark);
      at = end;
    }
    node.append(text.slice(at));
  };

  const paragraph = (className) => {
    const p = document.createElement('p');
    p.className = className;
    return p;
  };

  const item = (hit) => {
    const li = document.createElement('li');
    li.dataset.url = hit.url;
    const link = document.createElement('a');
    link.href = hit.url;
    link.className = 'title';
    link.textContent = hit.title;
    li.append(link);
    if (hit.excerpt) {
      const p = paragraph('');
      withMarks(p, hit.excerpt, hit.marks);
      li.append(p);
    }
    const meta = paragraph('meta');
    if (hit.date) meta.append(hit.date.split('-').reverse().join('/'));
    if (hit.anchor) {
      const deep = document.createElement('a');
      deep.href = hit.url + '#' + hit.anchor;
      deep.textContent = 'Mục: ' + hit.heading;
      meta.append(hit.date ? ' · ' : '', deep);
    }
    if (meta.hasChildNodes()) li.append(meta);
    return li;
  };

  const show = (answer) => {
    list.replaceChildren(...answer.hits.map(item));
    status.textContent = answer.hits.length
      ? `${answer.total.toLocaleString('vi')} trang cho “${answer.understood || query}”`
      : `Không thấy trang nào cho “${query}”. Thử ít từ hơn, hoặc xem theo chuyên mục bên dưới.`;
  };

  status.textContent = 'Đang tìm…';
  fetch('api/search?limit=20&q=' + encodeURIComponent(query))
    .then((response) => {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    })
    .then(show)
    .catch(() => {
      status.textContent = 'Bản này của cổng không có máy chủ tìm kiếm. Hãy xem theo chuyên mục bên dưới.';
    });
})();
