import { ActionIcon, useComputedColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { useMenu } from '#client/ui/hanging.tsx'

const load = () => import('./menus.tsx')
const SchemeChoice = lazy(async () => ({ default: (await load()).SchemeChoice }))

/** Light, dark or like the system, remembered in this browser. */
export function SchemeMenu() {
  const { t } = useTranslation('shell')
  const Glyph = useComputedColorScheme('light') === 'dark' ? IconMoon : IconSun
  const { target, hang } = useMenu({ position: 'bottom-end', width: 180, withinPortal: false, warm: load })
  return (
    <>
      <ActionIcon aria-label={t('scheme.label')} {...target}>
        <Glyph size={16} aria-hidden />
      </ActionIcon>
      {hang(<SchemeChoice />)}
    </>
  )
}
