SwaggerUIBundle({ url: "/openapi/openapi.yaml", dom_id: "#operations", deepLinking: true, validatorUrl: null });
