import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { useWriteTemplate } from '#client/api/messages.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useSession } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { Reading } from '#client/ui/message/MessageFields.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { MessageTemplate } from '#shared/contract/messages.ts'
import css from './messages.module.css'
import { sampleFacts } from './sample.ts'

type Props = { template: MessageTemplate; onChange: (() => void) | null }

/** A template as it reads, its words in each language, and every version it had before. */
export function OneTemplate({ template, onChange }: Props) {
  const { t } = useTranslation('messages')
  const nameOf = useNameOf()
  const write = useWriteTemplate()
  const { id, version, name, occasion, policyId, measure, texts, isWithdrawn, writtenById, writtenAt, earlier } =
    template
  const turn = () =>
    write.mutate({
      clientId: crypto.randomUUID(),
      supersedes: { id, version },
      name,
      occasion,
      policyId,
      measure,
      texts,
      isWithdrawn: !isWithdrawn,
    })
  return (
    <div className={css.article}>
      <header className="row wrap">
        <h2 className="b">{name}</h2>
        <span className="sm t3">
          {t('version', { n: version })}, {nameOf(writtenById)}, <DateTime at={writtenAt} form="date" />
        </span>
        {onChange ? (
          <span className="row6 push">
            <Button disabled={write.isPending} onClick={turn}>
              {t(isWithdrawn ? 'restore' : 'withdraw')}
            </Button>
            <Button variant="filled" onClick={onChange}>
              {t('change')}
            </Button>
          </span>
        ) : null}
      </header>
      {write.isError ? (
        <p className="sm bad" role="alert">
          {t('fail.save')}
        </p>
      ) : null}
      <Panel title={t('preview')}>
        <Preview texts={texts} policyId={policyId} measure={measure} occasion={occasion} />
      </Panel>
      {earlier.length > 0 ? (
        <Panel title={t('earlier')}>
          <ol className={css.earlier}>
            {earlier.map((old) => (
              <li key={old.version}>
                <span className="xs t3">
                  {t('version', { n: old.version })}, {nameOf(old.writtenById)},{' '}
                  <DateTime at={old.writtenAt} form="date" />
                </span>
                {Object.entries(old.texts).map(([language, text]) => (
                  <p key={language} className="sm t2" dir="auto" lang={language}>
                    {text}
                  </p>
                ))}
              </li>
            ))}
          </ol>
        </Panel>
      ) : null}
    </div>
  )
}

type PreviewProps = { texts: Readonly<Record<string, string>> } & Pick<
  MessageTemplate,
  'policyId' | 'measure' | 'occasion'
>

/** With the facts of nobody: what a person still fills in stays in its braces. */
export function Preview({ texts, policyId, measure, occasion }: PreviewProps) {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const { timeZone } = useSession().organisation
  const { data: policies } = useQuery(policiesQuery)
  const languages = Object.keys(texts)
  const [chosen, setChosen] = useState(languages[0] ?? 'en')
  const language = languages.includes(chosen) ? chosen : (languages[0] ?? 'en')
  const policy = policyId
    ? policies?.get(policyId)
    : [...(policies?.values() ?? [])].find(({ kind }) => kind === 'clause')
  return (
    <div className="col" style={{ gap: 8 }}>
      {languages.length > 1 ? (
        <div>
          <SegmentedControl
            size="xs"
            aria-label={t('language')}
            data={languages.map((value) => ({ value, label: format.language(value) }))}
            value={language}
            onChange={setChosen}
          />
        </div>
      ) : null}
      <Reading
        text={texts[language] ?? ''}
        language={language}
        values={sampleFacts(language, timeZone, { policy, measure, occasion })}
      />
    </div>
  )
}
