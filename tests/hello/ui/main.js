// After two frames the page is on screen; Dayline waits as long before it says so.
requestAnimationFrame(() => requestAnimationFrame(() => window.__TAURI__.core.invoke('painted')));
