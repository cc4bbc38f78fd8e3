// Ticks for heartbeats. A worker's timers go on when the page is in the background, where a page's own slow down to minutes.
let timer;
onmessage = ({ data: seconds }) => {
  clearInterval(timer);
  if (seconds > 0) timer = setInterval(() => postMessage("beat"), seconds * 1000);
};
