import { Button } from '@mantine/core'
import { IconGitCompare, IconLock, IconScale } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import type { Policy, PolicyVersion } from '#shared/contract/policies.ts'
import { DraftDoor } from './DraftDoor.tsx'
import { PolicyText } from './PolicyText.tsx'
import css from './policies.module.css'

type Props = {
  policy: Policy
  /** The one to read: in force, or an earlier one. */
  shown: PolicyVersion
}

/** The text of one clause or exemption, on request with what changed. */
export function PolicyArticle({ policy, shown }: Props) {
  const { t } = useTranslation('policies')
  const [isComparing, setComparing] = useState(false)
  const previous = policy.earlier.find(({ version }) => version < shown.version)
  const isCurrent = shown.version === policy.current.version
  return (
    <article className={css.prose} aria-label={shown.label}>
      <div className="row wrap">
        <span className="num t3 b">{policy.code}</span>
        <h1 dir="auto">{shown.label}</h1>
        <VersionBadge version={shown} isCurrent={isCurrent} />
        {shown.needsPurposeTest ? (
          <span className="row4" title={t('tag.purposeWhy')}>
            <Badge tone="note" icon={IconScale}>
              {t('tag.purpose')}
            </Badge>
          </span>
        ) : null}
        {shown.isRestricted ? (
          <Badge tone="bad" icon={IconLock}>
            {t('tag.restricted')}
          </Badge>
        ) : null}
        <div className="row6 push">
          {previous ? (
            <Button
              leftSection={<IconGitCompare size={14} aria-hidden />}
              aria-pressed={isComparing}
              onClick={() => setComparing(!isComparing)}
            >
              {isComparing ? t('changes.hide') : t('changes.show', { version: previous.version })}
            </Button>
          ) : null}
          <DraftDoor policy={policy} />
        </div>
      </div>
      <PolicyText kind={policy.kind} now={shown} before={isComparing && previous ? previous : null} />
    </article>
  )
}

function VersionBadge({ version: { version, isRetired }, isCurrent }: { version: PolicyVersion; isCurrent: boolean }) {
  const { t } = useTranslation('policies')
  if (isRetired) return <Badge tone="gone">{t('version.retired', { version })}</Badge>
  if (!isCurrent) return <Badge tone="gone">{t('version.earlier', { version })}</Badge>
  return <Badge tone="ok">{t('version.inForce', { version })}</Badge>
}
