import { queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import type { Id, Schemas } from './types'

export type CourseKind = Schemas['CourseKind']
export type Course = Required<Schemas['CourseOut']>
export type CourseTry = Schemas['TryOut']
export type OwnCourse = Schemas['OwnCourseOut']

const ofProject = (projectId: Id) => ({ path: { project_id: projectId } })
const keyOf = (projectId: Id, part: string) => ['project', projectId, 'courses', part]

export const coursesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: keyOf(projectId, 'settings'),
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/courses'
      const { items, golds } = await body(
        client.GET(path, { params: ofProject(projectId), signal }),
      )
      return { courses: items as Course[], golds }
    },
  })

export const saveCourse = (projectId: Id, { kind, ...course }: Course) =>
  body(
    client.PUT('/api/v1/projects/{project_id}/courses/{kind}', {
      params: { path: { project_id: projectId, kind } },
      body: course,
    }),
  )

export const courseTriesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: keyOf(projectId, 'tries'),
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/course-tries'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
  })

const ofPerson = (projectId: Id, kind: CourseKind, userId: Id) => ({
  params: { path: { project_id: projectId, kind, user_id: userId } },
})

export const letPass = (projectId: Id, kind: CourseKind, userId: Id) =>
  done(
    client.POST(
      '/api/v1/projects/{project_id}/courses/{kind}/people/{user_id}/pass',
      ofPerson(projectId, kind, userId),
    ),
  )

export const giveAnotherTry = (projectId: Id, kind: CourseKind, userId: Id) =>
  done(
    client.POST(
      '/api/v1/projects/{project_id}/courses/{kind}/people/{user_id}/another-try',
      ofPerson(projectId, kind, userId),
    ),
  )

/** Where the signed-in person stands, in the order in which courses come. */
export const ownCoursesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: keyOf(projectId, 'mine'),
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/course-standing'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
  })
