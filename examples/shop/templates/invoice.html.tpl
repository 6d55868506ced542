<!doctype html>
<title>Invoice {{number}}</title>
<h1>Invoice {{number}}</h1>
<p>To: {{customer}}</p>
<table>
{{rows}}
</table>
<p>Total: {{total}}</p>
