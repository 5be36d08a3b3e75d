"use strict";

const csrfToken = document.querySelector("meta[name=csrf-token]").content;

SwaggerUIBundle({
  url: document.getElementById("docs").dataset.document,
  dom_id: "#docs",
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (!request.headers.Authorization) {
      request.headers["X-CSRFToken"] = csrfToken;
    }
    return request;
  },
});
