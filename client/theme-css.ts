import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import { resolver, theme } from './theme.ts'

/**
 * The variables of theme.ts as a stylesheet. It is kept in theme.css (`theme.test.ts` compares, `vitest -u` writes it), so
 * that colours are there before the first script and the page needs no style element that its security policy would refuse.
 */
export function themeCss() {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme)
  const [base, own] = [defaultCssVariablesResolver(whole), resolver(whole)]
  const css = convertCssVariables({
    variables: { ...base.variables, ...own.variables },
    light: { ...base.light, ...own.light },
    dark: { ...base.dark, ...own.dark },
  })
  return `/* Made from theme.ts. */\n${css}\n`
}
