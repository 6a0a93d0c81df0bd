import { QueryClient } from '@tanstack/react-query'
import { isTransient } from '@/api/problems'

const RETRIES = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What the parts of one page ask for is shared; a page opened later asks anew.
      staleTime: 1_000,
      retry: (failures, error) => failures < RETRIES && isTransient(error),
    },
    // A change is sent once; the person decides whether to send it again.
    mutations: { retry: false },
  },
})
