// Sets the colour scheme before the first paint, so that nobody in a dark room meets a white page. A file of its own,
// because the content security policy allows no inline script. The key is that of `schemeManager` in app.tsx.
;(() => {
  let scheme = 'auto'
  try {
    scheme = localStorage.getItem('docket-scheme') || 'auto'
  } catch {
    // No storage: follow the system.
  }
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
})()
