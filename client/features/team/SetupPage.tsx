import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { errorCode } from '#client/api/call.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState } from '#client/ui/states.tsx'
import { completeSetup } from '#shared/contract/team.ts'
import css from './Entry.module.css'
import { Entry, FormAlert } from './Entry.tsx'
import { PasswordField, TextField } from './fields.tsx'
import { type FieldName, wordFailure, wordProblem } from './problems.ts'
import { setupQuery, useCompleteSetup } from './team.queries.ts'
import { useEnter } from './use-enter.ts'
import { useFields } from './use-fields.ts'

const route = getRouteApi('/setup')
const Input = completeSetup.body.extend({ token: z.string().trim().min(1).max(200) })

export function SetupPage() {
  const { t } = useTranslation('team')
  const setup = useQuery(setupQuery)
  usePageTitle(t('setup.title'))
  if (setup.data && !setup.data.needed) return <AlreadySetUp />
  return (
    <Entry title={t('setup.title')} lead={t('setup.lead')}>
      <SetupForm />
    </Entry>
  )
}

function AlreadySetUp() {
  const { t } = useTranslation('team')
  return (
    <main className={css.entry}>
      <EmptyState
        heading="h1"
        icon={IconCircleCheck}
        title={t('setup.done')}
        action={
          <ButtonLink to="/sign-in" variant="filled">
            {t('signIn.action')}
          </ButtonLink>
        }
      >
        {t('setup.doneText')}
      </EmptyState>
    </main>
  )
}

function SetupForm() {
  const { t } = useTranslation('team')
  const { token } = route.useSearch()
  // A token that the server refused can be typed anew.
  const [asksToken, setAsksToken] = useState(!token)
  const enter = useEnter()
  const complete = useCompleteSetup()
  const fields = useFields<z.output<typeof Input>, FieldName>({
    schema: Input,
    word: (name, code, value) => wordProblem(t, name, code, value),
    onReady: (values) =>
      complete.mutate(values, {
        onSuccess: ({ email }) => enter.with({ email, password: values.password }),
        onError: (err) => {
          if (errorCode(err) !== 'invalid_token') return
          setAsksToken(true)
          fields.refuse({ token: t('setup.badToken') })
        },
      }),
  })
  const code = errorCode(complete.error)
  if (code === 'already_set_up') return <FormAlert tone="warn">{t('setup.doneText')}</FormAlert>
  return (
    <form className={`panel ${css.form}`} ref={fields.form} onSubmit={fields.onSubmit} noValidate>
      {complete.error && code !== 'invalid_token' ? <FormAlert>{wordFailure(t, complete.error)}</FormAlert> : null}
      {asksToken ? (
        <TextField
          label={t('field.token')}
          description={t('field.tokenHint')}
          name="token"
          autoComplete="off"
          spellCheck={false}
          defaultValue={token}
          error={fields.problems.token}
        />
      ) : (
        <input type="hidden" name="token" value={token} />
      )}
      <TextField
        label={t('field.name')}
        description={t('field.nameHint')}
        name="name"
        autoComplete="name"
        error={fields.problems.name}
      />
      <TextField
        label={t('field.email')}
        name="email"
        type="email"
        autoComplete="username"
        error={fields.problems.email}
      />
      <PasswordField
        autoComplete="new-password"
        description={t('field.newPasswordHint', { count: 12 })}
        error={fields.problems.password}
      />
      <Button
        type="submit"
        variant="filled"
        fullWidth
        className={css.submit}
        loading={complete.isPending || enter.isPending}
      >
        {t('setup.action')}
      </Button>
    </form>
  )
}
