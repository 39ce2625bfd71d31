import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useRef } from 'react'
import { ApiError, errorCode } from '#client/api/call.ts'

/**
 * An act on people or keys: `run` is given the id under which the server knows the act. While nobody knows whether the
 * server heard of it, the same act keeps its id, so that trying again never does it twice.
 */
export function useAct<Input, Reply>(
  run: (input: Input, clientId: string) => Promise<Reply>,
  { changes }: { changes: readonly QueryKey[] },
) {
  const queryClient = useQueryClient()
  const last = useRef({ input: '', clientId: '' })
  return useMutation({
    mutationFn: (input: Input) => {
      const text = JSON.stringify(input)
      if (last.current.input !== text) last.current = { input: text, clientId: crypto.randomUUID() }
      return run(input, last.current.clientId)
    },
    onSettled: (_reply, error) => {
      if (!error || error instanceof ApiError) last.current = { input: '', clientId: '' }
      return Promise.all(changes.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
    },
  })
}

const worded = ['email_taken', 'version_changed', 'last_administrator', 'forbidden', 'not_found'] as const

export function wordRefusal(t: TFunction<'people'>, error: unknown): string {
  const code = worded.find((each) => each === errorCode(error))
  if (code) return t(`failed.${code}`)
  return error instanceof ApiError ? t('failed.answered', { status: error.status }) : t('failed.unreachable')
}
