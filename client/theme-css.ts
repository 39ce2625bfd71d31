import { DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import { highContrast, resolver, theme } from './theme.ts'

/**
 * The variables of theme.ts as a stylesheet. It is kept in theme.css (`theme.test.ts` compares, `vitest -u` writes it), so
 * that colours are there before the first script and the page needs no style element that its security policy would refuse.
 */
export function themeCss() {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme)
  const [base, own] = [defaultCssVariablesResolver(whole), resolver(whole)]
  return [
    '/* Made from theme.ts. */',
    block(':root', { ...base.variables, ...own.variables }),
    block(':root[data-mantine-color-scheme="light"]', { ...base.light, ...own.light }),
    block(':root[data-mantine-color-scheme="dark"]', { ...base.dark, ...own.dark }),
    block(':root[data-high-contrast][data-mantine-color-scheme="light"]', high(0)),
    block(':root[data-high-contrast][data-mantine-color-scheme="dark"]', high(1)),
    '',
  ].join('\n')
}

const high = (side: 0 | 1) =>
  Object.fromEntries(Object.entries(highContrast).map(([name, pair]) => [`--dk-${name}`, pair[side]]))

function block(selector: string, variables: Record<string, string>) {
  const lines = Object.entries(variables).map(([name, value]) => `  ${name}: ${value.replaceAll("'", '"')};`)
  return `${selector} {\n${lines.join('\n')}\n}`
}
