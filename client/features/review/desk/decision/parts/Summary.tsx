import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { type Draft, outcomeOf, type Policies } from '../decision-draft.ts'
import { useTerritories } from './territories.ts'

type Props = { draft: Draft; policies: Policies; hasPost: boolean; isSevere?: boolean }

/** The whole effect in words, before it is sent. */
export function Summary({ draft, policies, hasPost, isSevere = false }: Props) {
  const { t } = useTranslation('review')
  const { t: judging } = useTranslation('judging')
  const format = useFormat()
  const territories = useTerritories()
  const outcome = outcomeOf(draft)
  const clause = draft.clause ? policies.get(draft.clause) : undefined
  const exemption = draft.exemption ? policies.get(draft.exemption) : undefined
  return (
    <>
      <b className="b">
        {outcome === 'no_violation' ? t('summary.noViolation') : null}
        {outcome !== 'no_violation' && hasPost && draft.post ? onPost(draft) : null}
        {outcome === 'violation' && !hasPost ? t('summary.violation') : null}
        {exemption ? `, ${exemption.shortName}` : null}
      </b>
      {clause ? (
        <>
          {' · '}
          <bdi dir="ltr" className="num">
            {clause.code} v{clause.current.version}
          </bdi>
        </>
      ) : null}
      {draft.account === 'none' ? null : ` · ${t(`summary.account.${draft.account}`)}${ending(draft.accountEnds)}`}
      <br />
      <span className="t3">
        {outcome === 'no_violation' ? t('summary.nothingDone') : <bdi>{territories.nameOf(draft.territory)}</bdi>}
        {isSevere ? ` · ${judging('severe.note')}` : null}
      </span>
    </>
  )

  function ending(ends: Draft['accountEnds']) {
    if (!ends) return ''
    return ` ${'days' in ends ? t('summary.forDays', { count: ends.days }) : t('summary.until', { day: format.date(ends.at, 'date') })}`
  }

  function onPost({ post, restriction }: Draft) {
    if (post === 'restrict' && restriction) return t(`summary.restrict.${restriction}`)
    if (post === 'keep' && outcome === 'violation') return t('summary.keepAnyway')
    return t(`summary.${post ?? 'keep'}`)
  }
}
