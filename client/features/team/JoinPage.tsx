import { Button } from '@mantine/core'
import { IconLinkOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import { acceptInvitation } from '#shared/contract/team.ts'
import css from './Entry.module.css'
import { Entry, FormAlert } from './Entry.tsx'
import { PasswordField, TextField } from './fields.tsx'
import { type FieldName, wordFailure, wordProblem } from './problems.ts'
import { invitationQuery, useAcceptInvitation } from './team.queries.ts'
import { useEnter } from './use-enter.ts'
import { useFields } from './use-fields.ts'

const route = getRouteApi('/join')

export function JoinPage() {
  const { t } = useTranslation('team')
  const { token } = route.useSearch()
  usePageTitle(t('join.title'))
  return token ? <Invited token={token} /> : <DeadLink />
}

function Invited({ token }: { token: string }) {
  const { t } = useTranslation('team')
  const invitation = useQuery(invitationQuery(token))
  const code = errorCode(invitation.error)
  if (code === 'invalid_token' || code === 'invalid_request') return <DeadLink />
  if (invitation.error) {
    return (
      <main className={css.entry}>
        <ErrorState
          heading="h1"
          title={t('join.failed')}
          {...errorFacts(invitation.error)}
          onRetry={() => void invitation.refetch()}
        />
      </main>
    )
  }
  return (
    <Entry title={t('join.title')} lead={t('join.lead')}>
      {invitation.data ? <JoinForm token={token} {...invitation.data} /> : <SkeletonText />}
    </Entry>
  )
}

function DeadLink() {
  const { t } = useTranslation('team')
  return (
    <main className={css.entry}>
      <EmptyState
        heading="h1"
        icon={IconLinkOff}
        title={t('join.dead')}
        action={<ButtonLink to="/sign-in">{t('signIn.action')}</ButtonLink>}
      >
        {t('join.deadText')}
      </EmptyState>
    </main>
  )
}

function JoinForm({ token, name, email }: { token: string; name: string; email: string }) {
  const { t } = useTranslation('team')
  const enter = useEnter()
  const accept = useAcceptInvitation(token)
  const fields = useFields<z.output<typeof acceptInvitation.body>, FieldName>({
    schema: acceptInvitation.body,
    word: (field, code, value) => wordProblem(t, field, code, value),
    onReady: (values) =>
      accept.mutate(values, { onSuccess: (joined) => enter.with({ email: joined.email, password: values.password }) }),
  })
  if (errorCode(accept.error) === 'invalid_token') return <FormAlert>{t('join.deadText')}</FormAlert>
  return (
    <form className={`panel ${css.form}`} ref={fields.form} onSubmit={fields.onSubmit} noValidate>
      {accept.error ? <FormAlert>{wordFailure(t, accept.error)}</FormAlert> : null}
      <TextField label={t('field.email')} type="email" autoComplete="username" value={email} readOnly />
      <TextField
        label={t('field.name')}
        description={t('field.nameHint')}
        name="name"
        autoComplete="name"
        defaultValue={name}
        error={fields.problems.name}
      />
      <PasswordField
        autoComplete="new-password"
        autoFocus
        description={t('field.newPasswordHint', { count: 12 })}
        error={fields.problems.password}
      />
      <Button
        type="submit"
        variant="filled"
        fullWidth
        className={css.submit}
        loading={accept.isPending || enter.isPending}
      >
        {t('join.action')}
      </Button>
    </form>
  )
}
