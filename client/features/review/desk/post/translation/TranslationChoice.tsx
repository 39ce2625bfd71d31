import { Button, SegmentedControl } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError, errorCode } from '#client/api/call.ts'
import { useFormat } from '#client/ui/format.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { Translation } from '#shared/contract/translations.ts'
import css from './translation.module.css'
import { chooseMode, type Mode, modes } from './translation.store.ts'
import type { Translated } from './use-translated.ts'

/** Original, both or translation; where there is none yet, the button that asks for one. */
export function TranslationChoice({ translated: { mode, hasAny, ask, isAsking } }: { translated: Translated }) {
  const { t } = useTranslation('caption')
  const onKey = hasAny ? () => chooseMode(modes[(modes.indexOf(mode) + 1) % modes.length]!) : ask
  useKeys(onKey && !isAsking ? { translation: onKey } : {})
  return (
    <span className={css.choice}>
      {ask || isAsking ? (
        <Button
          size="compact-xs"
          leftSection={<IconLanguage size={13} aria-hidden />}
          rightSection={hasAny || isAsking ? null : <KeyCap action="translation" />}
          loading={isAsking}
          onClick={() => ask?.()}
        >
          {t('translate')}
        </Button>
      ) : null}
      {hasAny ? (
        <SegmentedControl
          size="xs"
          className={css.modes ?? ''}
          aria-label={t('mode')}
          data={modes.map((value) => ({ value, label: t(`mode.${value}`) }))}
          value={mode}
          onChange={(value) => chooseMode(value as Mode)}
        />
      ) : null}
    </span>
  )
}

/** Whose words they are, in what language; a machine's say so. */
export function Translator({ translation: { language, translator, isMachine } }: { translation: Translation }) {
  const { t } = useTranslation('caption')
  const format = useFormat()
  return (
    <p className={css.by}>
      <IconLanguage size={12} aria-hidden />{' '}
      {t(isMachine ? 'by.machine' : 'by.person', { language: format.language(language) })} <bdi>{translator}</bdi>
    </p>
  )
}

/** Why there is none, in the translator's own words where it said any. Nothing else on the desk depends on it. */
export function TranslationFailure({ error }: { error: unknown }) {
  const { t } = useTranslation('caption')
  if (!error) return null
  const code = errorCode(error)
  const said =
    error instanceof ApiError ? error.body.issues?.find(({ path }) => path === 'translator')?.message : undefined
  return (
    <p className="xs bad" role="alert">
      {t(
        code === 'must_stay_here' ? 'failed.restricted' : code === 'translator_failed' ? 'failed.translator' : 'failed',
      )}
      {said ? (
        <>
          {' '}
          <bdi>“{said}”</bdi>
        </>
      ) : null}
    </p>
  )
}
