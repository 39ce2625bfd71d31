import { useTranslation } from 'react-i18next'
import { bindings, type KeyAction } from '#client/keys.ts'
import { Kbd } from '#client/ui/Kbd.tsx'
import css from './desk.module.css'

const groups = [
  ['clause', ['clause']],
  ['post', ['keep', 'label', 'restrict', 'remove']],
  ['account', ['noAction', 'warn', 'limit', 'block']],
  ['exemption', ['exemption']],
  ['territory', ['territory']],
  ['rationale', ['rationale']],
  ['note', ['note']],
  ['policyText', ['policyText']],
  ['reveal', ['look']],
  ['photo', ['previousPhoto', 'nextPhoto']],
  ['zoom', ['zoom']],
  ['submit', ['enter']],
] as const satisfies readonly (readonly [string, readonly KeyAction[]])[]

/** The keys of the desk on one line. The sheet under `?` has all of them. */
export function Legend({ hasMedia }: { hasMedia: boolean }) {
  const { t } = useTranslation('review')
  const shown = groups.filter(([word]) => hasMedia || !['reveal', 'photo', 'zoom'].includes(word))
  return (
    <footer className={css.legend}>
      {shown.map(([word, actions]) => (
        <span key={word}>
          {word === 'clause' ? (
            <Kbd>{bindings.clause.caps.join('–')}</Kbd>
          ) : (
            actions.map((action) => <Kbd key={action}>{bindings[action].caps.join(' ')}</Kbd>)
          )}{' '}
          {t(`legend.${word}`)}
        </span>
      ))}
      <span className="push">
        <Kbd>{bindings.sheet.caps.join('')}</Kbd> {t('legend.all')}
      </span>
    </footer>
  )
}
