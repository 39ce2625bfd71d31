import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { i18n as I18n } from 'i18next'
import type { ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import type { AppRouter } from './routes.tsx'
import { theme } from './theme.ts'
import { Announcer } from './ui/announce.tsx'

const schemeManager = localStorageColorSchemeManager({ key: 'docket-scheme' })

type ProvidersProps = { queryClient: QueryClient; i18n: I18n; children: ReactNode; env?: 'default' | 'test' }

/**
 * What every part of the app stands in. The direction is that of the page; the variables of the theme come from
 * theme.css, not from a style element.
 */
export function Providers({ queryClient, i18n, children, env = 'default' }: ProvidersProps) {
  return (
    <DirectionProvider initialDirection={i18n.dir()}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={schemeManager}
        withCssVariables={false}
        withGlobalClasses={false}
        withStaticClasses={false}
        env={env}
      >
        <I18nextProvider i18n={i18n}>
          <QueryClientProvider client={queryClient}>
            {children}
            <Announcer />
          </QueryClientProvider>
        </I18nextProvider>
      </MantineProvider>
    </DirectionProvider>
  )
}

type AppProps = Omit<ProvidersProps, 'children'> & { router: AppRouter }

export function App({ router, ...around }: AppProps) {
  return (
    <Providers {...around}>
      <RouterProvider router={router} />
    </Providers>
  )
}
