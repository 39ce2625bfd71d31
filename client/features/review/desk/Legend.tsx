import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { useKeymap } from '#client/keymap.ts'
import type { KeyAction } from '#client/keys.ts'
import { Kbd } from '#client/ui/Kbd.tsx'
import css from './desk.module.css'

type Group = readonly [word: string, actions: readonly KeyAction[]]

const deciding = [
  ['clause', ['clause']],
  ['post', ['keep', 'label', 'restrict', 'remove']],
  ['account', ['noAction', 'warn', 'limit', 'block']],
  ['exemption', ['exemption']],
  ['territory', ['territory']],
  ['rationale', ['rationale']],
  ['policyText', ['policyText']],
] as const satisfies Group[]

const looking = [
  ['reveal', ['look']],
  ['photo', ['previousPhoto', 'nextPhoto']],
  ['zoom', ['zoom']],
] as const satisfies Group[]

type Props = { hasMedia: boolean; isDeciding: boolean }

/** The keys of the desk that do something now, on one line. The sheet under `?` has all of them. */
export function Legend({ hasMedia, isDeciding }: Props) {
  const { t } = useTranslation('review')
  const { keymap } = useKeymap()
  const mayWrite = useMay('note.write')
  const mayReveal = useMay('media.reveal')
  const shown = [
    ...(isDeciding ? deciding : []),
    ...(mayWrite ? [['note', ['note']] as const] : []),
    ...(hasMedia ? looking.filter(([word]) => mayReveal || word !== 'reveal') : []),
    ...(isDeciding ? [['submit', ['enter']] as const] : []),
  ]
  return (
    <footer className={css.legend}>
      {shown.map(([word, actions]) => (
        <span key={word}>
          {word === 'clause' ? (
            <Kbd>{keymap.clause.caps.join('–')}</Kbd>
          ) : (
            actions.map((action) => <Kbd key={action}>{keymap[action].caps.join(' ')}</Kbd>)
          )}{' '}
          {t(`legend.${word}`)}
        </span>
      ))}
      <span className="push">
        <Kbd>{keymap.sheet.caps.join('')}</Kbd> {t('legend.all')}
      </span>
    </footer>
  )
}
