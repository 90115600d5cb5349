// Values under the pointer; everything is legible without it.
document.querySelectorAll('figure[data-points]').forEach(figure => {
  const data = JSON.parse(figure.dataset.points), svg = figure.querySelector('svg');
  const cross = svg.querySelector('.cross'), tip = document.createElement('div');
  tip.className = 'tip';
  figure.append(tip);
  svg.addEventListener('pointermove', event => {
    const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
    const x = (event.clientX - box.left) * scale;
    let nearest = 0;
    data.at.forEach((at, i) => { if (Math.abs(at - x) < Math.abs(data.at[nearest] - x)) nearest = i; });
    cross.setAttribute('x1', data.at[nearest]);
    cross.setAttribute('x2', data.at[nearest]);
    cross.style.visibility = 'visible';
    tip.textContent = data.unit + ' ' + data.steps[nearest] + data.series.map(s => '\n' + s.name + '  ' + s.values[nearest]).join('');
    tip.style.display = 'block';
    const left = data.at[nearest] / scale;
    tip.style.left = (left > box.width / 2 ? left - tip.offsetWidth - 10 : left + 10) + 'px';
  });
  svg.addEventListener('pointerleave', () => { cross.style.visibility = 'hidden'; tip.style.display = 'none'; });
});
