import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'

export type Problems<Name extends string> = Partial<Record<Name, string>>

type Options<Output, Name extends string> = {
  schema: z.ZodType<Output>
  /** Words a problem: the field, and what zod found (`too_small`, `too_big`, `invalid_format`, …). */
  word: (name: Name, code: string, value: string) => string
  onReady: (values: Output) => void
}

/**
 * A form that keeps what was typed: the fields hold their own values, and a problem is named at its field, which gets the
 * focus. Pass the problems the server names to `refuse`.
 */
export function useFields<Output, Name extends string>({ schema, word, onReady }: Options<Output, Name>) {
  const form = useRef<HTMLFormElement>(null)
  const [problems, setProblems] = useState<Problems<Name>>({})
  useFirstProblemFocus(form, problems)

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const values = Object.fromEntries(new FormData(event.currentTarget)) as Record<Name, string>
    const parsed = schema.safeParse(values)
    if (parsed.success) {
      setProblems({})
      return onReady(parsed.data)
    }
    const found: Problems<Name> = {}
    for (const { path, code } of parsed.error.issues) {
      const name = path[0] as Name
      found[name] ??= word(name, code, values[name] ?? '')
    }
    setProblems(found)
  }

  return { form, problems, onSubmit, refuse: setProblems }
}

function useFirstProblemFocus(form: RefObject<HTMLFormElement | null>, problems: Problems<string>) {
  useEffect(() => {
    if (Object.keys(problems).length === 0) return
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [form, problems])
}
