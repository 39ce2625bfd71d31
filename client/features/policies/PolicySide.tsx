import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { Drill } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import type { Policy } from '#shared/contract/policies.ts'
import { InUse } from './InUse.tsx'
import css from './policies.module.css'
import { draftsQuery, figuresQuery } from './policies.queries.ts'
import { SamplePanel } from './rereviews/SamplePanel.tsx'

type Props = { policy: Policy; shown: number; onShow: (version: number) => void }

/** Its versions, newest first, how it is used, and what judging it again showed. */
export function PolicySide({ policy, shown, onShow }: Props) {
  return (
    <div className={css.side}>
      <Versions policy={policy} shown={shown} onShow={onShow} />
      <InUse policyId={policy.id} kind={policy.kind} />
      <SamplePanel policyId={policy.id} draftId={null} />
    </div>
  )
}

function Versions({ policy, shown, onShow }: Props) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const mayRead = useMay('draft.read')
  const { data: people } = useQuery(peopleQuery)
  const { data: drafts } = useQuery({ ...draftsQuery, enabled: mayRead })
  const { data: use } = useQuery(figuresQuery(policy.id))
  const versions = [policy.current, ...policy.earlier]
  const toCome = drafts?.items.filter(({ policyId, state }) => policyId === policy.id && state === 'published') ?? []
  const day = (at: string) => format.date(at, 'date')
  return (
    <Panel title={t('versions.title')} side={<IconHistory size={14} className="t3" aria-hidden />}>
      <ol className={css.chain}>
        {toCome.map((draft) => (
          <li key={draft.id} data-soon>
            <div className="row6">
              <b className="b">{t('version.short', { version: draft.version ?? draft.basedOn + 1 })}</b>
              <span className="t3">{t('versions.soon', { day: format.date(draft.inForceSince!, 'full') })}</span>
            </div>
            <div>{draft.change}</div>
          </li>
        ))}
        {versions.map((version, index) => {
          const newer = versions[index - 1]
          const isOvertaken = newer && newer.inForceSince <= version.inForceSince
          const span = isOvertaken
            ? t('versions.never', { day: day(version.inForceSince) })
            : newer
              ? t('versions.span', { from: day(version.inForceSince), to: day(newer.inForceSince) })
              : t('versions.since', { day: day(version.inForceSince) })
          const cited = use?.versions.find((each) => each.version === version.version)?.decisions ?? 0
          return (
            <li key={version.version} data-now={index === 0 || undefined}>
              <div className="row6">
                <button
                  type="button"
                  className={css.version}
                  aria-pressed={version.version === shown}
                  aria-label={t('versions.show', { version: version.version })}
                  onClick={() => onShow(version.version)}
                >
                  {t('version.short', { version: version.version })}
                </button>
                <span className="t3">{span}</span>
              </div>
              <div>{version.change ?? (version.version === 1 ? t('versions.first') : null)}</div>
              <div className="xs t3">
                {version.publishedById ? people?.get(version.publishedById)?.name : t('versions.shipped')}
              </div>
              {cited > 0 ? (
                <Drill className="xs" to="/decisions" search={{ clause: `${policy.id}@${version.version}` }}>
                  {t('versions.cited', { count: cited, n: format.number(cited) })}
                </Drill>
              ) : null}
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
