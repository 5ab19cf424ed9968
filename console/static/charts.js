/* Charts of the recogniser's versions, drawn by Apache ECharts from what stands in the page. Every chart has a table. */
"use strict";
(() => {
  const ink = "#1c2733", soft = "#55636f", line = "#d5dce3", blue = "#1d4f8c", green = "#2e9a58", red = "#cc2b26", amber = "#e0a100", grey = "#8a96a1";
  const colours = { right: green, wrong: red, outside: grey, understood: green, offered: amber, lost: red };
  const text = { color: soft, fontFamily: "inherit", fontSize: 12 };
  const axis = (more) => ({ axisLabel: text, nameTextStyle: text, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: "#e8edf1" } }, ...more });
  const base = { animation: false, aria: { enabled: false }, textStyle: { fontFamily: "inherit", color: ink }, tooltip: { renderMode: "richText", confine: true }, legend: { top: 0, textStyle: text, itemWidth: 14, itemHeight: 10 } };
  const bars = (one) => ({ type: "bar", stack: "all", name: one.name, data: one.data, itemStyle: { color: colours[one.kind] }, barMaxWidth: 40 });
  const shades = (place, range, max) => ({ show: false, seriesIndex: place, min: 0, max, inRange: { color: range } });

  const options = {
    histogram: (d) => ({ ...base, tooltip: { ...base.tooltip, trigger: "axis", axisPointer: { type: "shadow" } }, grid: { left: 8, right: 8, top: 34, bottom: 4, containLabel: true },
      xAxis: axis({ type: "category", data: d.labels, axisTick: { show: false } }), yAxis: axis({ type: "value", minInterval: 1 }), series: d.series.map(bars) }),
    reliability: (d) => ({ ...base, tooltip: { ...base.tooltip, formatter: (p) => `${d.x} ${p.value[0]}%\n${d.y} ${p.value[1]}%` }, grid: { left: 8, right: 20, top: 34, bottom: 24, containLabel: true },
      xAxis: axis({ type: "value", min: 0, max: 100, name: d.x, nameLocation: "middle", nameGap: 26 }), yAxis: axis({ type: "value", min: 0, max: 100, name: d.y, nameTextStyle: { ...text, align: "left" } }),
      series: [
        { type: "line", name: d.ideal, data: [[0, 0], [100, 100]], symbol: "none", lineStyle: { type: "dashed", color: grey, width: 1 }, itemStyle: { color: grey }, silent: true },
        { type: "line", name: d.name, data: d.points, symbolSize: (v) => Math.min(26, 6 + Math.sqrt(v[2])), lineStyle: { color: blue }, itemStyle: { color: blue } } ] }),
    confusion: (d, narrow) => ({ ...base, legend: { show: false }, tooltip: { ...base.tooltip, formatter: (p) => `${d.y}：${d.labels[p.value[1]]}\n${d.x}：${d.labels[p.value[0]]}\n${p.value[2]}` },
      grid: { left: narrow ? 96 : 150, right: 8, top: 8, bottom: narrow ? 28 : 130 },
      xAxis: axis({ type: "category", data: d.labels, name: d.x, nameLocation: "middle", nameGap: narrow ? 10 : 112, axisTick: { show: false }, splitLine: { show: true, lineStyle: { color: "#eef1f4" } }, axisLabel: { ...text, show: !narrow, rotate: 60, interval: 0, fontSize: 11, width: 110, overflow: "truncate" } }), // on a phone there is no room: columns stand in the order of the rows
      yAxis: axis({ type: "category", data: d.labels, inverse: true, axisTick: { show: false }, splitLine: { show: true, lineStyle: { color: "#eef1f4" } }, axisLabel: { ...text, interval: 0, fontSize: narrow ? 9 : 11, width: narrow ? 88 : 140, overflow: "truncate" } }),
      visualMap: [shades(0, ["#e7f4ec", "#7cc096"], Math.max(1, ...d.cells.filter((c) => c[0] === c[1]).map((c) => c[2]))),
        shades(1, ["#fcebea", "#e0605b"], Math.max(1, ...d.cells.filter((c) => c[0] !== c[1]).map((c) => c[2])))],
      series: [
        { type: "heatmap", data: d.cells.filter((c) => c[0] === c[1]), label: { show: !narrow, fontSize: 10, color: ink } },
        { type: "heatmap", data: d.cells.filter((c) => c[0] !== c[1]), label: { show: !narrow, fontSize: 10, color: ink } } ] }),
    trend: (d) => ({ ...base, tooltip: { ...base.tooltip, trigger: "axis" }, grid: { left: 8, right: 8, top: 56, bottom: 4, containLabel: true },
      xAxis: axis({ type: "category", data: d.labels, axisTick: { show: false } }),
      yAxis: [axis({ type: "value", minInterval: 1, name: d.count }), axis({ type: "value", min: 0, max: 100, splitLine: { show: false }, axisLabel: { ...text, formatter: "{value}%" } })],
      series: [...d.series.map(bars), { type: "line", name: d.share.name, data: d.share.data, yAxisIndex: 1, lineStyle: { color: blue, width: 3 }, itemStyle: { color: blue }, symbolSize: 8 }] }),
  };

  for (const place of document.querySelectorAll("[data-chart]")) {
    const data = JSON.parse(place.dataset.values);
    const chart = echarts.init(place, null, { renderer: "canvas" });
    const draw = () => { chart.resize(); chart.setOption(options[place.dataset.chart](data, place.clientWidth < 560), true); };
    draw();
    new ResizeObserver(draw).observe(place);
  }
})();
