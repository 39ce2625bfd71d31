// Sets the colours before the first paint, so that nobody in a dark room meets a white page. A file of its own,
// because the content security policy allows no inline script. The keys are those of
// `schemeManager` in app.tsx and of shell/use-preferred.ts.
;(() => {
  let scheme = 'auto'
  let contrast = null
  try {
    scheme = localStorage.getItem('docket-scheme') || 'auto'
    contrast = localStorage.getItem('docket-contrast')
  } catch {
    // No storage: follow the system.
  }
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
  if (contrast === 'high' || (contrast !== 'normal' && matchMedia('(prefers-contrast: more)').matches)) {
    document.documentElement.setAttribute('data-high-contrast', '')
  }
})()
