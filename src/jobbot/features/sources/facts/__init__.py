"""Facts: what a posting's words mean, as data: places, remote scope, seniority, kind of employment. The words stay."""
