import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { Lines } from '#client/ui/list/Lines.tsx'
import type { Upheld } from '#shared/contract/reporters.ts'

/** “97.8%”, or how few there are; with the interval and what it was reckoned from. */
export function useOutcomeWords() {
  const { t } = useTranslation('reporters')
  const format = useFormat()
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`
  return ({ upheld, dismissed, share, isFew }: Upheld) => {
    const of = t('upheld.of', { upheld: format.number(upheld), all: format.number(upheld + dismissed) })
    if (!share) return { share: t('upheld.none'), range: null, of: null }
    if (isFew) return { share: t('upheld.few'), range: null, of }
    return {
      share: percent(share.share),
      range: t('upheld.range', { low: share.low.toFixed(2), high: share.high.toFixed(2) }),
      of,
    }
  }
}

export function OutcomesCell({ outcomes }: { outcomes: Upheld }) {
  const words = useOutcomeWords()(outcomes)
  return (
    <Lines
      first={
        <span className={words.range ? 'num' : 'num t3'}>
          {words.share} {words.range ? <span className="t3">({words.range})</span> : null}
        </span>
      }
      second={<span className="num">{words.of}</span>}
    />
  )
}
