// Times in the viewer's zone, countdowns, and the traffic chart; everything else is rendered by the server.
(() => {
  'use strict';

  const local = new Intl.DateTimeFormat(undefined, {dateStyle: 'short', timeStyle: 'medium'});

  const pad = (n) => String(n).padStart(2, '0');

  function showTimes(root) {
    for (const time of root.querySelectorAll('time[datetime]')) {
      if (!time.title) {
        time.title = time.textContent;
        time.textContent = local.format(new Date(time.dateTime));
      }
    }
  }

  function countDown() {
    for (const clock of document.querySelectorAll('.countdown[data-due]')) {
      let left = Math.floor((new Date(clock.dataset.due) - Date.now()) / 1000);
      clock.title = 'due ' + local.format(new Date(clock.dataset.due)) + ', ' + clock.dataset.due;
      const over = left < 0;
      left = Math.abs(left);
      const time = `${Math.floor(left / 3600)}:${pad(Math.floor(left / 60) % 60)}:${pad(left % 60)}`;
      clock.textContent = {
        SUBMITTED: over ? 'told in time' : `told, ${time} before it is due`,
        LATE_SUBMITTED: 'told late',
      }[clock.dataset.state] ?? (over ? `overdue by ${time}` : time);
    }
  }

  const key = (details) => details.querySelector('summary').textContent.trim().slice(0, 60);
  const unfolded = new WeakMap();

  let chart = null;

  function draw(json) {
    const place = document.getElementById('chart');
    if (!place || typeof uPlot === 'undefined') {
      return;
    }
    const data = JSON.parse(json);
    if (!chart) {
      const style = getComputedStyle(document.documentElement);
      const color = (name) => style.getPropertyValue(name).trim();
      const axis = {stroke: color('--soft'), grid: {stroke: color('--line'), width: 1}};
      chart = new uPlot({
        width: place.clientWidth,
        height: 170,
        cursor: {show: false},
        legend: {live: false},
        series: [
          {},
          {label: 'answered per second', stroke: color('--served'), width: 2},
          {label: 'refused per second', stroke: color('--refused'), width: 2},
        ],
        axes: [axis, {...axis, size: 44}],
        scales: {y: {range: (u, min, max) => [0, Math.max(5, max * 1.1)]}},
      }, data, place);
      addEventListener('resize', () => chart.setSize({width: place.clientWidth, height: 170}));
    } else {
      chart.setData(data);
    }
  }

  document.addEventListener('DOMContentLoaded', () => {
    showTimes(document);
    countDown();
    setInterval(countDown, 1000);
    document.body.addEventListener('htmx:sseBeforeMessage', (event) => {
      if (event.target.id === 'traffic') {
        event.preventDefault();
        draw(event.detail.data);
        return;
      }
      // what a person has unfolded is unfolded again after the swap
      unfolded.set(event.target, new Set([...event.target.querySelectorAll('details[open]')].map(key)));
    });
    document.body.addEventListener('htmx:sseMessage', (event) => {
      for (const details of event.target.querySelectorAll('details')) {
        details.open = unfolded.get(event.target)?.has(key(details)) ?? false;
      }
    });
    document.body.addEventListener('htmx:load', (event) => {
      showTimes(event.target);
      countDown();
    });
  });
})();
