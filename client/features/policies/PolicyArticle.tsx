import { Button } from '@mantine/core'
import { IconGitCompare, IconLock, IconScale } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import type { Policy, PolicyVersion } from '#shared/contract/policies.ts'
import css from './policies.module.css'
import { changedLines } from './policy-changes.ts'

/** The text of one clause or exemption as it is in force, on request with what changed. */
export function PolicyArticle({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies')
  const [isComparing, setComparing] = useState(false)
  const { current, earlier } = policy
  const [previous] = earlier
  const before = isComparing && previous ? previous : null
  return (
    <article className={css.prose} aria-label={current.label}>
      <div className="row wrap">
        <span className="num t3 b">{policy.code}</span>
        <h1 dir="auto">{current.label}</h1>
        <Badge tone="ok">{t('version.inForce', { version: current.version })}</Badge>
        {policy.needsPurposeTest ? (
          <span className="row4" title={t('tag.purposeWhy')}>
            <Badge tone="note" icon={IconScale}>
              {t('tag.purpose')}
            </Badge>
          </span>
        ) : null}
        {policy.isRestricted ? (
          <Badge tone="bad" icon={IconLock}>
            {t('tag.restricted')}
          </Badge>
        ) : null}
        {previous ? (
          <Button
            className="push"
            leftSection={<IconGitCompare size={14} aria-hidden />}
            aria-pressed={isComparing}
            onClick={() => setComparing(!isComparing)}
          >
            {isComparing ? t('changes.hide') : t('changes.show', { version: previous.version })}
          </Button>
        ) : null}
      </div>
      <Lines now={[current.description]} before={before && [before.description]} isPlain />
      {current.alert ? (
        <p className={css.alert}>
          <b className="b">{t('part.alert')}:</b> <bdi>{current.alert}</bdi>
        </p>
      ) : null}
      <Part title={t('part.signs')} now={current.signs} before={before?.signs} />
      <Part title={t('part.notThis')} now={current.notThis} before={before?.notThis} />
      <Part title={t('part.questions')} now={current.questions} before={before?.questions} />
      <Part title={t('part.usual')} now={current.usualMeasures} before={before?.usualMeasures} />
      <Ground version={current} />
    </article>
  )
}

type PartProps = { title: string; now: readonly string[]; before: readonly string[] | undefined }

function Part({ title, now, before }: PartProps) {
  if (now.length === 0 && !before?.length) return null
  return (
    <>
      <h2>{title}</h2>
      <Lines now={now} before={before ?? null} />
    </>
  )
}

type LinesProps = { now: readonly string[]; before: readonly string[] | null; isPlain?: boolean }

/** Plus and minus in words for screen readers, colour and strike for eyes. */
function Lines({ now, before, isPlain = false }: LinesProps) {
  const { t } = useTranslation('policies')
  const lines = changedLines(now, before ?? now).map(({ text, change }) => {
    if (change === 'kept') return { key: text, line: text }
    const Mark = change === 'added' ? 'ins' : 'del'
    return {
      key: `${change} ${text}`,
      line: (
        <Mark>
          <span className="vh">{t(`changes.${change}`)}: </span>
          {text}
        </Mark>
      ),
    }
  })
  if (isPlain)
    return lines.map(({ key, line }) => (
      <p key={key} dir="auto">
        {line}
      </p>
    ))
  return (
    <ul>
      {lines.map(({ key, line }) => (
        <li key={key}>
          <span dir="auto">{line}</span>
        </li>
      ))}
    </ul>
  )
}

/** `STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY` as people read it. */
const spoken = (code: string) =>
  code
    .replace(/^(STATEMENT_CATEGORY|KEYWORD)_/, '')
    .replaceAll('_', ' ')
    .toLowerCase()

function Ground({ version: { ground } }: { version: PolicyVersion }) {
  const { t } = useTranslation('policies')
  const { tco, dsaCategory, dsaKeywords } = ground
  if (!tco && !dsaCategory) return null
  return (
    <>
      <h2>{t('part.ground')}</h2>
      <p className="t2">
        {tco ? `${t('ground.tco', { article: tco })} ` : null}
        {dsaCategory ? `${t('ground.dsa', { category: spoken(dsaCategory) })} ` : null}
        {dsaKeywords.length > 0 ? t('ground.keywords', { keywords: dsaKeywords.map(spoken).join(', ') }) : null}
      </p>
    </>
  )
}
