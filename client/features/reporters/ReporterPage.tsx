import { IconArrowLeft, IconUserExclamation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink, Drill } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState, NoPermission } from '#client/ui/states.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { Count } from '#shared/contract/accounts.ts'
import type { ReporterDetail } from '#shared/contract/reporters.ts'
import { FlagEffect } from '#shared/domain/words.ts'
import { Marks } from './Marks.tsx'
import { MuteBox } from './MuteBox.tsx'
import { useOutcomeWords } from './Outcomes.tsx'
import css from './reporters.module.css'
import { reporterQuery } from './reporters.queries.ts'
import { SetAsideBox } from './SetAsideBox.tsx'
import { TrustBox } from './TrustBox.tsx'

/** One reporter: what their flags led to, and what is done about them. */
export function ReporterPage() {
  const { t } = useTranslation('reporters')
  usePageTitle(t('one.title'))
  return useMay('reporter.read') ? <Loaded /> : <NoPermission heading="h1" />
}

function Loaded() {
  const { t } = useTranslation('reporters')
  const { reporterId = '' } = useParams({ strict: false })
  const { data, error, refetch } = useQuery(reporterQuery(reporterId))
  if (data) return <One key={data.id} reporter={data} />
  if (!error) return <SkeletonText lines={6} />
  const back = <ButtonLink to="/flags/reporters">{t('one.back')}</ButtonLink>
  if (errorCode(error) === 'not_found' || errorCode(error) === 'invalid_request') {
    return (
      <EmptyState heading="h1" icon={IconUserExclamation} title={t('one.missing')} action={back}>
        {t('one.missingText')}
      </EmptyState>
    )
  }
  return (
    <ErrorState
      heading="h1"
      title={t('failed.one')}
      {...errorFacts(error)}
      onRetry={() => void refetch()}
      action={back}
    />
  )
}

function One({ reporter }: { reporter: ReporterDetail }) {
  const { t } = useTranslation('reporters')
  const mayAct = useMay('reporter.write')
  return (
    <div className="page">
      <header className="row wrap">
        <ButtonLink to="/flags/reporters" leftSection={<IconArrowLeft size={14} className="flip" aria-hidden />}>
          {t('one.back')}
        </ButtonLink>
        <h1>
          <bdi dir="auto">{reporter.name ?? reporter.externalId}</bdi>
        </h1>
        <span className="sm t3">
          <bdi>{reporter.sourceName}</bdi> <span className="mono">{reporter.externalId}</span>
        </span>
        <Marks reporter={reporter} />
      </header>
      <div className={css.one}>
        <Figures reporter={reporter} />
        <Right reporter={reporter} />
      </div>
      {mayAct ? (
        <div className={css.acts}>
          <SetAsideBox reporter={reporter} />
          <MuteBox reporter={reporter} />
          <TrustBox reporter={reporter} />
        </div>
      ) : null}
    </div>
  )
}

/** How often they were right. */
function Right({ reporter: { outcomes } }: { reporter: ReporterDetail }) {
  const { t } = useTranslation('reporters')
  const words = useOutcomeWords()(outcomes)
  const format = useFormat()
  return (
    <Panel title={t('upheld.title')} side={outcomes.isCut ? <span className="xs t3">{t('upheld.cut')}</span> : null}>
      <p className={css.share}>{words.share}</p>
      {words.range ? <p className="sm t2">{t('upheld.interval', { range: words.range })}</p> : null}
      {outcomes.share && outcomes.isFew ? <p className="sm t2">{t('upheld.fewText')}</p> : null}
      <dl className={css.facts}>
        <dt>{t('upheld.upheld')}</dt>
        <dd>{format.number(outcomes.upheld)}</dd>
        <dt>{t('upheld.dismissed')}</dt>
        <dd>{format.number(outcomes.dismissed)}</dd>
        <dt>{t('upheld.exempt')}</dt>
        <dd>{format.number(outcomes.exempt)}</dd>
      </dl>
      <p className="xs t3">{t('upheld.how')}</p>
    </Panel>
  )
}

/** What the flags did; every figure opens its rows. */
function Figures({ reporter }: { reporter: ReporterDetail }) {
  const { t } = useTranslation('reporters')
  return (
    <Panel title={t('flags.title')}>
      <dl className={css.facts}>
        <dt>{t('flags.all')}</dt>
        <dd>
          <Figure count={reporter.flags} search={{ reporter: reporter.id }} />
        </dd>
        {FlagEffect.options.map((effect) => (
          <Fact key={effect} name={t(`effect.${effect}`)}>
            <Figure count={reporter.effects[effect]} search={{ reporter: reporter.id, effect }} />
          </Fact>
        ))}
        <Fact name={t('mark.setAside')}>
          <Figure count={reporter.setAside} search={{ reporter: reporter.id, setAside: 'yes' }} />
        </Fact>
        {reporter.latestAt ? (
          <Fact name={t('column.latest')}>
            <DateTime at={reporter.latestAt} />
          </Fact>
        ) : null}
      </dl>
    </Panel>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

type Search = { reporter: string; effect?: string; setAside?: string }

function Figure({ count, search }: { count: Count; search: Search }) {
  const format = useFormat()
  const value = `${format.number(count.value)}${count.exact ? '' : '+'}`
  if (count.value === 0) return <span className="t3">0</span>
  return (
    <Drill to="/flags" search={search}>
      {value}
    </Drill>
  )
}
