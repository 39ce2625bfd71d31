import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { templatesQuery } from '#client/api/messages.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { LangTag } from '#client/ui/tags.tsx'
import { Delayed, SkeletonText } from '#client/ui/waiting.tsx'
import type { MessageTemplate } from '#shared/contract/messages.ts'
import css from './messages.module.css'
import { OneTemplate } from './OneTemplate.tsx'
import { TemplateForm } from './TemplateForm.tsx'

/** What users are written to with decisions and answers to appeals: the words, and how they read. */
export function TemplatesPage() {
  const { t } = useTranslation('messages')
  usePageTitle(t('title'))
  const mayManage = useMay('template.manage')
  const { data, error, refetch } = useQuery(templatesQuery)
  const [openId, setOpenId] = useState<string | null>(null)
  const [isWriting, setWriting] = useState<'new' | 'version' | null>(null)
  const open = data?.find(({ id }) => id === openId) ?? data?.[0]

  function choose(id: string | null) {
    setOpenId(id)
    setWriting(null)
  }
  if (error && !data) {
    return <ErrorState heading="h1" title={t('failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  return (
    <div className={css.split}>
      <aside className={css.list}>
        <header className="row">
          <h1>{t('title')}</h1>
          {data ? <span className="sm t3 num">{data.length}</span> : null}
          {mayManage ? (
            <Button className="push" onClick={() => setWriting('new')}>
              {t('add')}
            </Button>
          ) : null}
        </header>
        <p className="xs t3">{t('about')}</p>
        {data ? null : (
          <Delayed>
            <SkeletonText lines={4} />
          </Delayed>
        )}
        <ul>
          {data?.map((template) => (
            <li key={template.id}>
              <button
                type="button"
                className={css.leaf}
                aria-current={isWriting !== 'new' && template.id === open?.id ? 'true' : undefined}
                onClick={() => choose(template.id)}
              >
                <Leaf template={template} />
              </button>
            </li>
          ))}
        </ul>
      </aside>
      <div className={css.one}>
        {isWriting === 'new' ? (
          <TemplateForm template={null} onDone={(made) => choose(made?.id ?? openId)} />
        ) : open && isWriting === 'version' ? (
          <TemplateForm key={open.id} template={open} onDone={() => setWriting(null)} />
        ) : open ? (
          <OneTemplate key={open.id} template={open} onChange={mayManage ? () => setWriting('version') : null} />
        ) : data ? (
          <EmptyState icon={IconMail} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        ) : null}
      </div>
    </div>
  )
}

function Leaf({ template: { name, occasion, policyId, measure, texts, isWithdrawn } }: { template: MessageTemplate }) {
  const { t } = useTranslation('messages')
  const { data: policies } = useQuery(policiesQuery)
  const policy = policyId ? policies?.get(policyId) : null
  const told = [
    t(`occasion.${occasion}`),
    policy ? `${policy.code} ${policy.shortName}` : null,
    measure ? t(`measure.${measure}`) : null,
  ]
  return (
    <>
      <span className="row6">
        <b className="b cut grow">{name}</b>
        {isWithdrawn ? <Badge tone="warn">{t('withdrawn')}</Badge> : null}
        {Object.keys(texts).map((language) => (
          <LangTag key={language} code={language} />
        ))}
      </span>
      <span className="xs t3 cut">{told.filter(Boolean).join(' · ')}</span>
    </>
  )
}
