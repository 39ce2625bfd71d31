import { IconAlertTriangle, IconEye, IconEyeOff } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../format.ts'
import { KeyCap } from '../Kbd.tsx'
import { useKeys } from '../use-keys.ts'
import css from './caption.module.css'
import { countHidden, findHidden, reorderingIn } from './hidden.ts'
import { codeName } from './hidden-names.ts'
import { findMixedWords, strangersIn } from './mixed.ts'
import { showHidden, useHiddenShown } from './shown.store.ts'

/** Further kinds are counted and not named. */
const named = 6
const words = 3

/** What the eye misses in some texts: said before anybody asks, and drawn in the texts once somebody does. */
export function HiddenNote({ of: texts }: { of: readonly string[] }) {
  const { t } = useTranslation('caption')
  const format = useFormat()
  const { isShown } = useHiddenShown()
  const { kinds, count, reordering, mixed } = useMemo(() => lookAt(texts), [texts])
  useKeys(count > 0 || isShown ? { hidden: () => showHidden(!isShown) } : {})
  if (count === 0 && mixed.length === 0) return null
  return (
    <div className={css.note} role="note">
      {count > 0 ? (
        <button type="button" className={css.textButton} aria-pressed={isShown} onClick={() => showHidden(!isShown)}>
          {isShown ? <IconEyeOff size={13} aria-hidden /> : <IconEye size={13} aria-hidden />}
          {t('hidden', { count, n: format.number(count) })} · {t(isShown ? 'hidden.conceal' : 'hidden.show')}
          <KeyCap action="hidden" />
        </button>
      ) : null}
      {reordering ? (
        <span className={css.warning}>
          <IconAlertTriangle size={13} aria-hidden />
          <span>{t(`order.${reordering}`)}</span>
        </span>
      ) : null}
      {mixed.length > 0 ? (
        <span className={css.warning}>
          <IconAlertTriangle size={13} aria-hidden />
          <span>
            {t('mixed', { count: mixed.length, n: format.number(mixed.length) })}{' '}
            {mixed.slice(0, words).map(({ word, letters, script }, index) => (
              <span key={word}>
                {index > 0 ? ', ' : ''}
                <bdi className="b">{word}</bdi> (<bdi>{letters}</bdi> {t(`script.${script}`)})
              </span>
            ))}
            {mixed.length > words ? '…' : null}
          </span>
        </span>
      ) : null}
      {isShown && count > 0 ? (
        <ul className={css.kinds}>
          {kinds.slice(0, named).map(({ code, name, times }) => (
            <li key={code}>
              <bdi className="mono">{codeName(code)}</bdi> {name}
              {times > 1 ? <span className="num"> × {format.number(times)}</span> : null}
            </li>
          ))}
          {kinds.length > named ? <li>{t('hidden.kinds', { count: kinds.length - named })}</li> : null}
        </ul>
      ) : null}
    </div>
  )
}

function lookAt(texts: readonly string[]) {
  const found = texts.map((text) => ({ text, hidden: findHidden(text) }))
  const all = found.flatMap(({ hidden }) => hidden)
  const kinds = new Map<number, { code: number; name: string; times: number }>()
  for (const { code, name, times } of all) {
    const kind = kinds.get(code) ?? { code, name, times: 0 }
    kind.times += times
    kinds.set(code, kind)
  }
  const orders = found.map(({ text, hidden }) => reorderingIn(text, hidden))
  const mixed = new Map(texts.flatMap((text) => findMixedWords(text)).map(({ word }) => [word, strangersIn(word)]))
  return {
    kinds: [...kinds.values()].sort((a, b) => b.times - a.times),
    count: countHidden(all),
    reordering: orders.find((order) => order === 'overridden') ?? orders.find((order) => order !== null) ?? null,
    mixed: [...mixed].map(([word, strangers]) => ({ word, ...strangers })),
  }
}
