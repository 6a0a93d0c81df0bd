import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onSignedOut } from './api/client'
import { keepForOffline } from './app/offline'
import { queryClient } from './app/queryClient'
import { router } from './app/router'

onSignedOut(() => {
  const { pathname, href } = router.state.location
  if (/^\/(sign-in|forgot-password|(invitations|reset-password|unsubscribe)\/.*)$/.test(pathname))
    return
  // The page keeps what it shows until the sign-in page has taken its place.
  void router.navigate({ to: '/sign-in', search: { next: href } }).then(() => queryClient.clear())
})

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)

keepForOffline()
