def codes(response):
    """The fields and codes of a validation error."""
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    return {(error["field"], error["code"]) for error in response.json()["errors"]}
