def test_staff_log_in_where_everyone_does(client, db):
    assert client.get("/admin/login/")["Location"].startswith("/accounts/login/")
