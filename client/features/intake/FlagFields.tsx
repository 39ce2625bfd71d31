import { SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ClauseField } from './ClauseField.tsx'
import { type FlagDraft, writeFlag } from './flag.store.ts'
import css from './intake.module.css'
import { Pictures } from './Pictures.tsx'
import { readLink } from './read-link.ts'
import type { Problem } from './send-flag.ts'

type Props = { draft: FlagDraft; problems: readonly Problem[] }

/** What a link tells is filled in where nothing stands yet. */
function takeLink(draft: FlagDraft, link: string) {
  const [before, read] = [readLink(draft.link), readLink(link)]
  const isOurs = (value: string, ours: string | null | undefined) => value === '' || value === (ours ?? '')
  writeFlag({
    link,
    ...(read && isOurs(draft.platform, before?.platform) && { platform: read.platform }),
    ...(read?.handle && isOurs(draft.handle, before?.handle) && { handle: read.handle }),
  })
}

export function FlagFields({ draft, problems }: Props) {
  const { t } = useTranslation('intake')
  const fault = (problem: Problem) => (problems.includes(problem) ? t(`problem.${problem}`) : null)
  const isPost = draft.subject === 'post'
  return (
    <div className={css.halves}>
      <div className={css.fields}>
        <SegmentedControl
          aria-label={t('flag.what')}
          className={css.subject ?? ''}
          value={draft.subject}
          onChange={(subject) => writeFlag({ subject: subject as FlagDraft['subject'] })}
          data={[
            { value: 'post', label: t('flag.post') },
            { value: 'account', label: t('flag.account') },
          ]}
        />
        <TextInput
          name="link"
          className={css.wide ?? ''}
          label={t(isPost ? 'flag.link' : 'flag.link.account')}
          description={t('flag.link.help')}
          type="url"
          dir="ltr"
          autoComplete="off"
          maxLength={2_000}
          value={draft.link}
          error={fault('link')}
          onChange={(event) => takeLink(draft, event.currentTarget.value)}
        />
        <TextInput
          name="platform"
          label={t('flag.platform')}
          description={t('flag.platform.help')}
          dir="ltr"
          maxLength={50}
          value={draft.platform}
          error={fault('platform')}
          onChange={(event) => writeFlag({ platform: event.currentTarget.value })}
        />
        <TextInput
          name="handle"
          label={t('flag.handle')}
          description={t('flag.handle.help')}
          autoComplete="off"
          maxLength={300}
          value={draft.handle}
          error={fault('handle')}
          onChange={(event) => writeFlag({ handle: event.currentTarget.value })}
        />
        {isPost ? <PostFields draft={draft} fault={fault} /> : null}
      </div>
      <div className={css.fields}>
        {isPost ? <Pictures pictures={draft.pictures} error={fault('pictures')} /> : null}
        <ClauseField clause={draft.clause} error={fault('clause')} onChoose={(clause) => writeFlag({ clause })} />
        <Textarea
          className={css.wide ?? ''}
          label={t('flag.reason')}
          description={t('flag.reason.help')}
          rows={2}
          maxLength={10_000}
          value={draft.reason}
          onChange={(event) => writeFlag({ reason: event.currentTarget.value })}
        />
      </div>
    </div>
  )
}

function PostFields({ draft, fault }: { draft: FlagDraft; fault: (problem: Problem) => string | null }) {
  const { t } = useTranslation('intake')
  return (
    <>
      <Textarea
        name="content"
        className={css.wide ?? ''}
        label={t('flag.caption')}
        description={t('flag.caption.help')}
        rows={5}
        maxLength={100_000}
        value={draft.caption}
        onChange={(event) => writeFlag({ caption: event.currentTarget.value })}
      />
      <TextInput
        name="language"
        label={t('flag.language')}
        description={t('flag.language.help')}
        dir="ltr"
        maxLength={35}
        value={draft.language}
        error={fault('language')}
        onChange={(event) => writeFlag({ language: event.currentTarget.value })}
      />
      <TextInput
        label={t('flag.place')}
        description={t('flag.place.help')}
        maxLength={300}
        value={draft.place}
        onChange={(event) => writeFlag({ place: event.currentTarget.value })}
      />
    </>
  )
}
