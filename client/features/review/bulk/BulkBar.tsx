import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { useKeys } from '#client/ui/use-keys.ts'
import { mostInBulk } from '#shared/contract/bulk.ts'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import type { BulkKind } from '#shared/domain/bulk-rules.ts'
import { clearSelection, selectEverything, useSelection } from '../queue/selection.ts'
import css from './bulk.module.css'
import { useFocusBack } from './use-focus-back.ts'

type Props = {
  rows: readonly ReviewRow[]
  /** All there are under the filters; null while unknown. */
  count: { value: number; exact: boolean } | null
  /** Whether all that the list holds may be chosen by its filters. */
  mayAll: boolean
  open: BulkKind | null
  onAct: (kind: BulkKind) => void
}

const acts = ['claim', 'assign', 'hold', 'escalate', 'move', 'decide'] as const

/** How many are ticked and what may be done to them; floats above the foot of the list. */
export function BulkBar({ rows, count, mayAll, open, onAct }: Props) {
  const { t } = useTranslation('bulk')
  const format = useFormat()
  const mayAssign = useMay('review.assign')
  const { ticked, all } = useSelection()
  const chosen = useChosenCount(count)
  useFocusBack()
  const isOpen = open !== null
  useKeys(isOpen ? {} : { close: clearSelection })
  const oldest = [...ticked.values()].map(({ openedAt }) => openedAt).sort()[0]
  const total = count ? `${format.number(count.value)}${count.exact ? '' : '+'}` : ''
  // Once all that is loaded is ticked, the rest is offered.
  const isWhole = rows.length > 0 && rows.every(({ id }) => ticked.has(id))
  const hasMore = mayAll && !all && isWhole && count !== null && (!count.exact || count.value > ticked.size)
  const isTooMany = chosen.count > mostInBulk
  return (
    <div className={css.bar} role="toolbar" aria-label={t('bar.label')}>
      <b className="num">{t('bar.selected', { value: chosen.text })}</b>
      {isTooMany ? <span className="warn">{t('bar.most', { value: format.number(mostInBulk) })}</span> : null}
      {hasMore ? (
        <button type="button" className={css.link} onClick={selectEverything}>
          {t('bar.all', { value: total })}
        </button>
      ) : oldest && !all ? (
        <span className={`t3 ${css.age}`}>
          <Oldest at={oldest} />
        </span>
      ) : null}
      {acts
        .filter((kind) => kind !== 'assign' || mayAssign)
        .map((kind) => (
          <Button
            key={kind}
            variant={kind === 'decide' ? 'filled' : 'default'}
            disabled={isTooMany}
            aria-pressed={open === kind}
            onClick={() => onAct(kind)}
          >
            {t(`act.${kind}`)}
          </Button>
        ))}
      <ActionIcon aria-label={t('bar.clear')} title={t('bar.clear')} onClick={clearSelection}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  )
}

function Oldest({ at }: { at: string }) {
  const { t } = useTranslation('bulk')
  const format = useFormat()
  return t('bar.oldest', { age: format.age(Date.now() - Date.parse(at)) })
}

/** How many are chosen, counted and in words: `3,412`, or `10,000+` where nobody counted further. */
export function useChosenCount(count: Props['count']) {
  const format = useFormat()
  const { ticked, all } = useSelection()
  if (!all) return { count: ticked.size, text: format.number(ticked.size) }
  const value = Math.max(0, (count?.value ?? 0) - all.except.size)
  return { count: value, text: `${format.number(value)}${count?.exact ? '' : '+'}` }
}
