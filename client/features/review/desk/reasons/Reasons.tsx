import { type ComponentProps, lazy, Suspense } from 'react'
import { loadWords } from '#client/i18n/i18n.ts'

const ReasonMenu = lazy(async () => {
  const [part] = await Promise.all([import('./ReasonMenu.tsx'), loadWords('reasons')])
  return { default: part.ReasonMenu }
})

/** The way to the canned reasons; it comes a moment after the desk. */
export function Reasons(props: ComponentProps<typeof ReasonMenu>) {
  return (
    <Suspense fallback={null}>
      <ReasonMenu {...props} />
    </Suspense>
  )
}
