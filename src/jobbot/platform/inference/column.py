"""The column type of vectors: float16 bytes on SQLite, pgvector's halfvec on PostgreSQL, the same values in both."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import LargeBinary, TypeDecorator
from sqlalchemy.types import TypeEngine, UserDefinedType

Row = NDArray[np.float32]


class HalfVec(UserDefinedType[Any]):
    """pgvector's 16-bit vector of any length. Written as text; read by `halfvec_send` as bytes (see `rows`)."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "halfvec"


class Embedding(TypeDecorator[Row]):
    """Binds a float32 row; values are rounded to float16, which moves a cosine by less than 1e-6."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return LargeBinary()
        from sqlalchemy.dialects.postgresql.base import ischema_names

        ischema_names.setdefault("halfvec", HalfVec)  # so that reflection knows the type
        return HalfVec()

    def process_bind_param(self, value: Row | None, dialect: Any) -> Any:
        if value is None:
            return None
        half = np.asarray(value).astype("<f2")
        if half.ndim != 1 or not np.isfinite(half).all():
            raise ValueError("a vector is one row of finite numbers")
        return half.tobytes() if dialect.name != "postgresql" else f"[{','.join(map(repr, half.tolist()))}]"

    def process_result_value(self, value: Any, dialect: Any) -> Row | None:
        if value is None:
            return None
        if isinstance(value, str):
            return np.array(value.strip("[]").split(","), dtype=np.float32)
        return np.frombuffer(value, dtype="<f2").astype(np.float32)


def rows(blobs: list[bytes], dialect: str) -> Row:
    """Stored vectors of one length as one float32 matrix (len(blobs), dim).

    On SQLite a blob is the column itself; on PostgreSQL it is `halfvec_send(column)`: int16 dimension, int16 zero,
    then big-endian float16.
    """
    if not blobs:
        return np.empty((0, 0), dtype=np.float32)
    joined = np.frombuffer(b"".join(blobs), dtype=np.uint8).reshape(len(blobs), -1)
    if dialect != "postgresql":
        return joined.view("<f2").astype(np.float32)
    return np.ascontiguousarray(joined[:, 4:]).view(">f2").astype(np.float32)
