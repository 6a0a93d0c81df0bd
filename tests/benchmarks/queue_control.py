"""What the queue is measured against: bare FastAPI endpoints, one row read and one durable insert.

    uvicorn --factory tests.benchmarks.queue_control:create

The plain ones are written as our own handlers are (`def`, in a worker thread, psycopg 3 and its
pool); the asynchronous ones beside them are there for information.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import anyio.to_thread
from fastapi import FastAPI
from psycopg_pool import AsyncConnectionPool, ConnectionPool
from pydantic import BaseModel

TABLE = """
CREATE TABLE IF NOT EXISTS bench_row (id uuid PRIMARY KEY, value text NOT NULL);
CREATE TABLE IF NOT EXISTS bench_insert (id uuid PRIMARY KEY DEFAULT uuidv7(), value text NOT NULL)
"""
READ = "SELECT id, value FROM bench_row WHERE id = %b"
INSERT = "INSERT INTO bench_insert (value) VALUES (%b)"


class Value(BaseModel):
    value: str


def create() -> FastAPI:
    url = os.environ["DATABASE_URL"]
    options = {"autocommit": True}
    pool = ConnectionPool(url, min_size=20, max_size=20, kwargs=options, open=False)
    async_pool = AsyncConnectionPool(url, min_size=20, max_size=20, kwargs=options, open=False)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = 20
        pool.open(wait=True)
        await async_pool.open(wait=True)
        yield
        pool.close()
        await async_pool.close()

    app = FastAPI(lifespan=lifespan)

    @app.get("/read/{row_id}")
    def read(row_id: UUID) -> Value:
        with pool.connection() as connection:
            row = connection.execute(READ, (row_id,)).fetchone()
        return Value(value=row[1] if row else "")

    @app.post("/insert")
    def insert(body: Value) -> Value:
        with pool.connection() as connection:
            connection.execute(INSERT, (body.value,))
        return body

    @app.get("/async-read/{row_id}")
    async def async_read(row_id: UUID) -> Value:
        async with async_pool.connection() as connection:
            row = await (await connection.execute(READ, (row_id,))).fetchone()
        return Value(value=row[1] if row else "")

    @app.post("/async-insert")
    async def async_insert(body: Value) -> Value:
        async with async_pool.connection() as connection:
            await connection.execute(INSERT, (body.value,))
        return body

    return app
