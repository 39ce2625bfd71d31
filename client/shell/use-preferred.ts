import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useLayoutEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { speak } from '#client/i18n/i18n.ts'
import { announce } from '#client/ui/announce.tsx'
import type { Preferences } from '#shared/contract/preferences.ts'

/** The language and the contrast that the person at the screen chose, from the moment they choose them. */
export function usePreferred({ language, contrast }: Pick<Preferences, 'language' | 'contrast'>) {
  const { t } = useTranslation('shell')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words of the warning choose no language
  useEffect(() => {
    speak(language).catch(() => announce(t('language.failed'), 'assertive'))
  }, [language])
  const asksForMore = useMediaQuery('(prefers-contrast: more)', undefined, { getInitialValueInEffect: false }) === true
  const isHigh = contrast === 'high' || (contrast === null && asksForMore)
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-high-contrast', isHigh)
    keep(contrast)
  }, [isHigh, contrast])
}

/** For scheme.js, which draws the page before anybody is known. */
function keep(contrast: Preferences['contrast']) {
  try {
    if (contrast) localStorage.setItem('docket-contrast', contrast)
    else localStorage.removeItem('docket-contrast')
  } catch {
    // No storage: the next page begins as the system is set.
  }
}
