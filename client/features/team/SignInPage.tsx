import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { ApiError, errorCode } from '#client/api/call.ts'
import { hadSession } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { usePageTitle } from '#client/ui/page.tsx'
import css from './Entry.module.css'
import { Entry, FormAlert } from './Entry.tsx'
import { PasswordField, TextField } from './fields.tsx'
import { type FieldName, wordFailure, wordProblem } from './problems.ts'
import { NoCookie, setupQuery, useSignIn } from './team.queries.ts'
import { useFields } from './use-fields.ts'

const route = getRouteApi('/sign-in')
const Credentials = z.object({ email: z.email(), password: z.string().min(1) })

export function SignInPage() {
  const { t } = useTranslation('team')
  const setup = useQuery(setupQuery)
  usePageTitle(t('signIn.title'))
  if (setup.data?.needed) return <Navigate to="/setup" replace />
  return (
    <Entry title={t('signIn.title')} lead={t('signIn.lead')}>
      <SignInForm />
    </Entry>
  )
}

function SignInForm() {
  const { t } = useTranslation('team')
  const format = useFormat()
  const router = useRouter()
  const { back } = route.useSearch()
  const [hasEnded] = useState(hadSession)
  const signIn = useSignIn()
  const fields = useFields<z.output<typeof Credentials>, FieldName>({
    schema: Credentials,
    word: (name, code, value) => wordProblem(t, name, code, value),
    onReady: (values) =>
      signIn.mutate(values, {
        onSuccess: () => router.history.replace(pathWithin(back)),
        onError: (err) => {
          if (isWrongPassword(err)) fields.refuse({ password: t('signIn.wrong') })
        },
      }),
  })

  function failure(err: Error) {
    if (isWrongPassword(err)) return null
    if (err instanceof NoCookie) return t('signIn.noCookie')
    if (!(err instanceof ApiError) || errorCode(err) !== 'too_many_requests') return wordFailure(t, err)
    return err.retryAfter ? t('signIn.tooMany', { t: format.span(err.retryAfter * 1_000) }) : t('signIn.tooManyLater')
  }
  const failed = signIn.error ? failure(signIn.error) : null

  return (
    <form className={`panel ${css.form}`} ref={fields.form} onSubmit={fields.onSubmit} noValidate>
      {hasEnded && !failed ? <FormAlert tone="warn">{t('signIn.ended')}</FormAlert> : null}
      {failed ? <FormAlert>{failed}</FormAlert> : null}
      <TextField
        label={t('field.email')}
        name="email"
        type="email"
        autoComplete="username"
        autoFocus
        error={fields.problems.email}
      />
      <PasswordField autoComplete="current-password" error={fields.problems.password} />
      <Button type="submit" variant="filled" fullWidth className={css.submit} loading={signIn.isPending}>
        {t('signIn.action')}
      </Button>
    </form>
  )
}

function isWrongPassword(err: unknown) {
  return errorCode(err) === 'wrong_credentials'
}

/** Where to go on: only a path of this app, never an address that somebody put into the link. */
export function pathWithin(back: string | undefined) {
  const isPath = back?.startsWith('/') && !/^\/[/\\]/.test(back) && !back.startsWith('/sign-in')
  return isPath && back ? back : '/queue'
}
