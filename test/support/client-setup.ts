import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// A busy machine is slow, not wrong: an answer is waited for, in milliseconds.
configure({ asyncUtilTimeout: 8_000 })

// What jsdom lacks and the component kit asks for.
window.matchMedia ??= (query) =>
  ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
    dispatchEvent: () => false,
  }) as MediaQueryList
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.HTMLElement.prototype.scrollIntoView ??= () => {}
window.scrollTo = () => {}
window.HTMLElement.prototype.scrollTo ??= () => {}

/** jsdom lays nothing out; lists that draw only what is in view need a size to believe in. */
export const viewport = { width: 1280, height: 720 }
Object.defineProperties(window.HTMLElement.prototype, {
  offsetHeight: { configurable: true, get: () => viewport.height },
  offsetWidth: { configurable: true, get: () => viewport.width },
  clientHeight: { configurable: true, get: () => viewport.height },
  clientWidth: { configurable: true, get: () => viewport.width },
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  localStorage.clear()
})
