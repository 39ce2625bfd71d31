import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import type { BulkItem } from '#shared/contract/bulk.ts'
import css from './bulk.module.css'
import { useWhy } from './why-words.ts'

/** References named under one reason; the rest is counted. */
const mostNamed = 6

/** What happens to how many, and of the rest why not, each reason with its reviews. */
export function Effects({ items, done }: { items: readonly BulkItem[]; done: string }) {
  const { t } = useTranslation('bulk')
  const format = useFormat()
  const why = useWhy()
  const refused = items.filter(({ code }) => code !== null)
  const reasons = [...Map.groupBy(refused, why)].sort(([, a], [, b]) => b.length - a.length)
  return (
    <div className={css.effects}>
      {refused.length < items.length ? (
        <p className="row6 b">
          <IconCheck size={15} className="ok" aria-hidden />
          {done}
        </p>
      ) : null}
      {refused.length > 0 ? (
        <>
          <p className="row6 b">
            <IconMinus size={15} className="warn" aria-hidden />
            {t('wont', { value: format.number(refused.length) })}
          </p>
          <ul>
            {reasons.map(([reason, of]) => (
              <li key={reason}>
                <span className="row6">
                  <span>{reason}</span>
                  <span className="num t3 push">{format.number(of.length)}</span>
                </span>
                <References of={of} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}

function References({ of }: { of: readonly BulkItem[] }) {
  const { t } = useTranslation('bulk')
  const format = useFormat()
  const named = of.filter(({ reference }) => reference).slice(0, mostNamed)
  const left = of.length - named.length
  if (named.length === 0) return null
  return (
    <span className="xs t3 mono">
      {named.map(({ reference }) => reference).join(', ')}
      {left > 0 ? ` ${t('more', { value: format.number(left) })}` : null}
    </span>
  )
}
